# packaging/ -- examples of packages for several distributions.

EXTRA_DIST +=				\
  packaging/README			\
  packaging/alpine/APKBUILD		\
  packaging/arch/PKGBUILD		\
  packaging/check.sh			\
  packaging/copyright.pl		\
  packaging/debian/changelog		\
  packaging/debian/control		\
  packaging/debian/copyright		\
  packaging/debian/rules		\
  packaging/debian/source/format	\
  packaging/debian/source/lintian-overrides \
  packaging/debian/tests/beside-s6	\
  packaging/debian/tests/control	\
  packaging/debian/tests/installcheck	\
  packaging/debian/ucspi-local.lintian-overrides \
  packaging/debian/upstream/metadata	\
  packaging/debian/watch		\
  packaging/freebsd/Makefile		\
  packaging/freebsd/pkg-descr		\
  packaging/freebsd/pkg-plist		\
  packaging/lists.sh			\
  packaging/openbsd/Makefile		\
  packaging/openbsd/pkg/DESCR		\
  packaging/openbsd/pkg/PLIST		\
  packaging/pkgsrc/DESCR		\
  packaging/pkgsrc/Makefile		\
  packaging/pkgsrc/PLIST		\
  packaging/rpm/ucspi-local.spec	\
  packaging/solaris/Makefile		\
  packaging/solaris/ucspi-local.p5m

# Make packages from the tarball.
check-packaging: dist
	$(SHELL) '$(srcdir)/packaging/check.sh' '$(distdir).tar.gz'
.PHONY: check-packaging

# Run this when other files are installed than before.
packaging-lists:
	$(SHELL) '$(srcdir)/packaging/lists.sh' '$(srcdir)' '$(srcdir)/packaging'
.PHONY: packaging-lists
