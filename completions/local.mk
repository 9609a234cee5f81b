# completions/ -- what shells offer after the names of the tools.
#
# The completions are made from what the tools print with --help.  A clone
# makes them with the tools; a release has them in completions/shipped/, so
# that they can be installed where the tools are compiled for another machine.

completion_tools =			\
  s6-ipcserver				\
  s6-ipcserver-access			\
  s6-ipcclient				\
  local-stream-socket-accept		\
  local-stream-socket-connect		\
  local-stream-socket-listen
completion_files =				\
  ucspi-local.bash				\
  s6-ipcserver.fish				\
  s6-ipcserver.zsh				\
  s6-ipcserver-access.fish			\
  s6-ipcserver-access.zsh			\
  s6-ipcclient.fish				\
  s6-ipcclient.zsh				\
  local-stream-socket-accept.fish		\
  local-stream-socket-accept.zsh		\
  local-stream-socket-connect.fish		\
  local-stream-socket-connect.zsh		\
  local-stream-socket-listen.fish		\
  local-stream-socket-listen.zsh
completion_sources =				\
  completions/bash-tool.in			\
  completions/bash.in				\
  completions/fish.in				\
  completions/from-help.awk			\
  completions/make.sh				\
  completions/zsh.in
EXTRA_DIST += $(completion_sources)

make_completions = (cd completions && AWK='$(AWK)' $(SHELL)	\
  '$(abs_top_srcdir)/completions/make.sh'			\
  '$(abs_top_srcdir)/completions' '$(abs_top_builddir)/src'	\
  $(completion_tools))
copy_shipped =							\
  for file in $(completion_files); do				\
    rm -f completions/$$file &&					\
    cp '$(srcdir)'/completions/shipped/$$file completions/$$file || exit 1; \
  done

# This file is made when the completions are, or when they cannot be made here.
completions/made: $(bin_PROGRAMS) $(noinst_PROGRAMS) $(completion_sources)
	$(AM_V_GEN)$(MKDIR_P) completions &&			\
	if test -d '$(srcdir)/completions/shipped'; then	\
	  $(copy_shipped);					\
	else							\
	  $(make_completions);					\
	  case $(cross_compiling)$$? in				\
	    no0|yes0) ;;					\
	    yes2) echo 'The tools do not run on this machine: completions'	\
		 'are left out.' >&2;;					\
	    *) exit 1;;						\
	  esac;							\
	fi && : >$@
all-local: completions/made
CLEANFILES += completions/made completions/*.bash completions/*.fish	\
  completions/*.zsh completion.sed completion.tmp

# Make the completions again.  This is for a release in which the options of a
# tool have been changed.
completions: all
	$(make_completions)
.PHONY: completions

# "make dist" in a release copies the completions that came with it, even if
# nothing has been built.  gen-ChangeLog comes first, because it fails where no
# release can be made.
dist-hook: ship-completions
ship-completions: gen-ChangeLog
	$(AM_V_GEN)from='$(srcdir)/completions/shipped';		\
	if test ! -d "$$from"; then					\
	  $(MAKE) $(AM_MAKEFLAGS) all && from=completions || exit 1;	\
	  if test ! -f completions/ucspi-local.bash; then		\
	    echo 'A release needs completions: make it where the tools run.' \
	      >&2;							\
	    chmod -R u+w '$(distdir)'; rm -rf '$(distdir)'; exit 1;	\
	  fi;								\
	fi;								\
	$(MKDIR_P) '$(distdir)/completions/shipped' &&			\
	for file in $(completion_files); do				\
	  cp "$$from/$$file" '$(distdir)/completions/shipped' || exit 1; \
	done
.PHONY: ship-completions

# For each tool set name to the name under which it is installed, and put that
# into the text.
completion_name = name=`echo $$tool | sed '$(program_transform_name)'`
completion_names =						\
  rm -f completion.sed &&					\
  for tool in $(completion_tools); do				\
    $(completion_name) &&					\
    echo "s|@command-$$tool@|$$name|g" >>completion.sed || exit 1;	\
  done
# Set dir and file for the completion of the command $name in $shell; dir is
# empty if it is not wanted.
completion_place =						\
  case $$shell in						\
    bash) dir='$(bash_completion_dir)' file=$$name;;		\
    zsh) dir='$(zsh_completion_dir)' file=_$$name;;		\
    fish) dir='$(fish_completion_dir)' file=$$name.fish;;	\
  esac

# bash looks for a file with the name of the command.  One has the text for all
# tools, and the others are links to it.
install-data-local: install-completions
install-completions: completions/made
	@test -f completions/ucspi-local.bash || exit 0;	\
	$(completion_names);					\
	target=;						\
	for tool in $(completion_tools); do			\
	  $(completion_name);					\
	  for shell in bash zsh fish; do			\
	    $(completion_place);				\
	    test -n "$$dir" || continue;			\
	    $(MKDIR_P) "$(DESTDIR)$$dir" || exit 1;		\
	    if test $$shell = bash && test -n "$$target"; then	\
	      echo " ln -s '$$target' '$(DESTDIR)$$dir/$$file'"; \
	      rm -f "$(DESTDIR)$$dir/$$file" &&			\
	      ln -s "$$target" "$(DESTDIR)$$dir/$$file" || exit 1; \
	      continue;						\
	    fi;							\
	    from=$$tool.$$shell;				\
	    if test $$shell = bash; then			\
	      target=$$file from=ucspi-local.bash;		\
	    fi;							\
	    rm -f "$(DESTDIR)$$dir/$$file" &&			\
	    sed -f completion.sed completions/$$from >completion.tmp && \
	    echo " $(INSTALL_DATA) $$from '$(DESTDIR)$$dir/$$file'" && \
	    $(INSTALL_DATA) completion.tmp "$(DESTDIR)$$dir/$$file" || exit 1; \
	  done;							\
	done;							\
	rm -f completion.tmp completion.sed
.PHONY: install-completions

uninstall-local: uninstall-completions
uninstall-completions:
	@for tool in $(completion_tools); do			\
	  $(completion_name);					\
	  for shell in bash zsh fish; do			\
	    $(completion_place);				\
	    test -z "$$dir" || rm -f "$(DESTDIR)$$dir/$$file";	\
	  done;							\
	done
.PHONY: uninstall-completions
