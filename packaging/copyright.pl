# copyright.pl -- compare debian/copyright with the notices in the files.
#
# Copyright (C) 2026 The ucspi-local authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Usage: perl copyright.pl COPYRIGHT DIRECTORY
#
# The licenses named in the head of each file in DIRECTORY must be those that
# COPYRIGHT gives for it.  A file without a notice may have any license in
# COPYRIGHT.  The same holds for the holders of the copyright, without years.
# It is an error if a file matches no pattern, or if a pattern for
# our own files matches no file.  A pattern for files in lib/, m4/gnulib/ and
# build-aux/ may match none, because these depend on the gnulib that the
# release was made with.  List the differences and exit with 1 if there are
# any.

use strict;
use warnings;
use File::Find;

my ($copyright, $directory) = @ARGV;

# For each pattern, a regular expression, the license, the pattern, how many
# files match it, and the holders of the copyright.  The last match decides.
my @patterns;
open my $in, '<', $copyright or die "$copyright: $!\n";
{
  local $/ = '';
  while (my $paragraph = <$in>)
    {
      $paragraph =~ /^Files:\s*(.*(?:\n[ \t]+.*)*)/m or next;
      my @globs = split ' ', $1;
      $paragraph =~ /^License:\s*(.*)/m
        or die "$copyright: a paragraph without a license\n";
      my $license = $1;
      $paragraph =~ /^Copyright:(.*(?:\n[ \t]+.*)*)/m
        or die "$copyright: a paragraph without a copyright\n";
      my $holders = $1;
      for my $glob (@globs)
        {
          my $expression = quotemeta $glob;
          $expression =~ s/\\\*/.*/g;
          push @patterns, [qr/^$expression$/, $license, $glob, 0, $holders];
        }
    }
}
close $in;

# Return the licenses that TEXT, the head of FILE, names.
sub licenses
{
  my ($file, $text) = @_;
  $text =~ s/^(?:dnl|[#*;%]|\/\/|\.\\"|\@c|REM)?[ \t*#]*//mg;
  $text =~ s/\s+/ /g;
  my @found;
  push @found, "LGPL-$1+"
    if $text =~ /GNU (?:Lesser|Library) General Public License/
       && $text =~ /either version ([0-9.]+) of the License/;
  push @found, "GPL-$1+"
    if $text =~ /GNU General Public License/
       && $text !~ /GNU (?:Lesser|Library) General Public License/
       && $text =~ /either version ([0-9]+)(?: of the License)?, or/;
  push @found, "GPL-$1+"
    if $text =~ /SPDX-License-Identifier: GPL-([0-9]+)\.0-or-later/;
  push @found, 'exception' if $text =~ /As a special exception/;
  push @found, ($text =~ /distributed in the hope .* to the extent permitted/
                ? 'FSFULLRWD' : 'FSFULLR')
    if $text =~ /unlimited permission to copy and\/or distribute it/;
  push @found, 'FSFUL'
    if $text =~ /unlimited permission to copy, distribute and modify it/;
  push @found, 'FSFAP'
    if $text =~ /without royalty provided the copyright notice and this/
       || $text =~ /SPDX-License-Identifier: FSFAP/;
  push @found, 'X11' if $text =~ /X Consortium/;
  push @found, 'public-domain' if $text =~ /D A Gwyn/;
  return @found;
}

# Return the holders of the copyright that TEXT, the head of a file, names.
sub holders
{
  my ($text) = @_;
  my @found;
  push @found, $1
    while $text =~ /^\W*(?:dnl\ )?Copyright\ (?:\(C\)\ )?[-0-9,\ ]*
                    ((?:The\ )?[A-Z][A-Za-z\ -]*[a-z])/gmx;
  return @found;
}

my $status = 0;
sub complain
{
  print @_, "\n";
  $status = 1;
}

find ({ no_chdir => 1, wanted => sub {
  return unless -f $_;
  my $file = substr $_, 1 + length $directory;
  # Skip what was copied for the build of a package and is not in the tarball,
  # and files that contain names of licenses as their subject.
  return if ($file =~ /^debian\// || $file eq 'COPYING'
             || $file eq 'packaging/debian/copyright'
             || $file eq 'packaging/copyright.pl');
  my $pattern;
  for my $candidate (@patterns)
    {
      $pattern = $candidate if $file =~ $candidate->[0];
    }
  return complain "$file: no pattern" unless $pattern;
  $pattern->[3]++;
  open my $in, '<', $_ or die "$_: $!\n";
  read $in, my $head, 4096;
  close $in;
  for my $license (licenses ($file, $head))
    {
      complain "$file: $license in the file, $pattern->[1] in $copyright"
        unless grep { $_ eq $license } split ' ', $pattern->[1];
    }
  for my $holder (holders ($head))
    {
      complain "$file: copyright of $holder, not in $copyright"
        if index ($pattern->[4], $holder) < 0;
    }
} }, $directory);

for my $pattern (@patterns)
  {
    complain "$pattern->[2]: no such file"
      unless ($pattern->[3]
              || $pattern->[2] =~ m{^(?:lib|m4/gnulib|build-aux)/});
  }
exit $status;
