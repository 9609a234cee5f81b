# lib/ -- everything here but this file is imported from gnulib by bootstrap.

include lib/gnulib.mk
