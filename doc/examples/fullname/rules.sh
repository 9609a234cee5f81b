#!/bin/sh
# rules.sh -- make the rules: allow group 1700, and deny user 1604.
set -e
mkdir -p /etc/example/fullname/rules
cd /etc/example/fullname/rules
mkdir -p uid/1604 gid/1700/env uid/default
touch uid/1604/deny gid/1700/allow uid/default/deny
echo 30 >gid/1700/env/FULLNAME_MAX
