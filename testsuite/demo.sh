#!/bin/sh
# demo.sh -- show s6-ipcserver and local-stream-socket-listen at work, in a
# scratch directory.
#
# Usage: demo.sh S6-IPCSERVER LOCAL-STREAM-SOCKET-LISTEN IPC-PROBE

set -eu
server=$1
listen=$2
probe=$3

scratch=$(mktemp -d "${TMPDIR-/tmp}/ucspi-local.XXXXXX")
pid=
cleanup ()
{
  test -z "$pid" || kill "$pid" 2>/dev/null || :
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch"
# Another user must be able to reach the socket.
chmod 755 .

say ()
{
  printf '\n* %s\n' "$*"
}

# Wait until the file $1 is not empty, at most a minute.
wait_for_line ()
{
  i=0
  until test -s "$1"; do
    i=$((i + 1))
    test $i -lt 600 || { echo "demo: no answer" >&2; exit 1; }
    sleep 0.1
  done
}

say "A service that answers who you are, from what the kernel told the server:"
cat >whoami.sh <<'EOF'
read -r name
echo "hello $name: uid $IPCREMOTEEUID, gid $IPCREMOTEEGID," \
     "process ${IPCREMOTEPID-unknown}, your connection number $IPCCONNNUM"
EOF
cat whoami.sh

say "${server##*/} -v -1 socket sh whoami.sh"
"$server" -v -1 socket sh whoami.sh >ready 2>log &
pid=$!
wait_for_line ready
echo "ready: $(cat ready)"

say "Two clients:"
"$probe" -s Alice socket
if test "$(id -u)" = 0; then
  "$probe" -u 65534 -g 65534 -s Bob socket
else
  "$probe" -s Bob socket
fi

say "Stopped with SIGTERM; its log:"
kill "$pid"
wait "$pid"
pid=
cat log

say "A web server on a socket that it did not make:"
# Use lighttpd if it is installed, because it supports the socket activation of
# systemd.  It finds its socket by the address.
lighttpd=
for directory in $(echo "$PATH" | tr ':' ' ') /usr/sbin /usr/local/sbin; do
  test -n "$lighttpd" || ! test -x "$directory/lighttpd" \
    || lighttpd=$directory/lighttpd
done
mkdir www
echo "Served on descriptor 3, mode 0600." >www/index.html
cat >lighttpd.conf <<EOF
server.document-root = "$scratch/www"
index-file.names = ("index.html")
server.systemd-socket-activation = "enable"
server.bind = "$scratch/web"
EOF
cat >web.py <<'EOF'
import http.server, os, socket
assert os.environ["LISTEN_PID"] == str(os.getpid())
assert os.environ["LISTEN_FDS"] == "1"
class Handler(http.server.SimpleHTTPRequestHandler):
    def address_string(self):
        return "local"
class Server(http.server.HTTPServer):
    address_family = socket.AF_UNIX
    def __init__(self):
        super().__init__(None, Handler, bind_and_activate=False)
        self.socket = socket.socket(fileno=3)
        self.server_name, self.server_port = "local", 0
    def get_request(self):
        request, _ = super().get_request()
        return request, ("local", 0)
os.chdir("www")
Server().serve_forever()
EOF
# A socket address has no room for a long path.
if test -n "$lighttpd" && test ${#scratch} -lt 90; then
  set -- "$scratch/web" "$lighttpd" -D -f lighttpd.conf
elif command -v python3 >/dev/null 2>&1; then
  set -- web python3 web.py
else
  echo "demo: there is no web server here: install lighttpd or python3" >&2
  exit 1
fi
echo "${listen##*/} --systemd-compatibility --mode 0600 $*"
"$listen" --systemd-compatibility --mode 0600 "$@" >web.log 2>&1 </dev/null &
pid=$!
# The socket listens before the server runs, so a client can already connect
# and wait.
request=$(printf 'GET / HTTP/1.0\r\n\r')
i=0
until "$probe" -s "$request" web >page 2>web.err; do
  i=$((i + 1))
  test $i -lt 600 || { cat web.log web.err; echo "demo: no page" >&2; exit 1; }
  sleep 0.1
done
tr -d '\r' <page
kill "$pid"
wait "$pid" || :
pid=
grep '^Served' page >/dev/null \
  || { cat web.log; echo "demo: no page" >&2; exit 1; }

say "Done."
