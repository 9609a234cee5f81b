# lib/ -- bootstrap imports everything here from gnulib, except this file.

include lib/gnulib.mk
