# completions/ -- what shells offer after the names of the tools.

completion_tools =			\
  s6-ipcserver				\
  s6-ipcserver-access			\
  s6-ipcclient				\
  local-stream-socket-accept		\
  local-stream-socket-connect		\
  local-stream-socket-listen
completion_files =				\
  completions/s6-ipcserver.bash			\
  completions/s6-ipcserver.fish			\
  completions/s6-ipcserver.zsh			\
  completions/s6-ipcserver-access.bash		\
  completions/s6-ipcserver-access.fish		\
  completions/s6-ipcserver-access.zsh		\
  completions/s6-ipcclient.bash			\
  completions/s6-ipcclient.fish			\
  completions/s6-ipcclient.zsh			\
  completions/local-stream-socket-connect.bash	\
  completions/local-stream-socket-connect.fish	\
  completions/local-stream-socket-connect.zsh	\
  completions/local-stream-socket-accept.bash	\
  completions/local-stream-socket-accept.fish	\
  completions/local-stream-socket-accept.zsh	\
  completions/local-stream-socket-listen.bash	\
  completions/local-stream-socket-listen.fish	\
  completions/local-stream-socket-listen.zsh
EXTRA_DIST +=			\
  completions/bash.in		\
  completions/fish.in		\
  completions/from-help.awk	\
  completions/zsh.in		\
  $(completion_files)

# After a change of options.  A test compares.
completions: all
	$(AM_V_GEN)cd '$(srcdir)/completions' &&		\
	for tool in $(completion_tools); do			\
	  for shell in bash zsh fish; do			\
	    '$(abs_top_builddir)'/src/$$tool$(EXEEXT) --help	\
	      | $(AWK) -v tool=$$tool -v template=$$shell.in	\
		  -f from-help.awk - $$shell.in >$$tool.$$shell.tmp && \
	    mv $$tool.$$shell.tmp $$tool.$$shell || exit 1;	\
	  done;							\
	done
.PHONY: completions

# Sets dir and file for the completion of the command $name in $shell; dir is
# empty if it is not wanted.
completion_place =						\
  case $$shell in						\
    bash) dir='$(bash_completion_dir)' file=$$name;;		\
    zsh) dir='$(zsh_completion_dir)' file=_$$name;;		\
    fish) dir='$(fish_completion_dir)' file=$$name.fish;;	\
  esac
completion_name = name=`echo $$tool | sed '$(program_transform_name)'`

install-data-local: install-completions
install-completions:
	@for tool in $(completion_tools); do			\
	  $(completion_name);					\
	  for shell in bash zsh fish; do			\
	    $(completion_place);				\
	    test -n "$$dir" || continue;			\
	    $(MKDIR_P) "$(DESTDIR)$$dir" &&			\
	    sed "s|@command@|$$name|g"				\
	      '$(srcdir)'/completions/$$tool.$$shell >completion.tmp && \
	    echo " $(INSTALL_DATA) $$tool.$$shell '$(DESTDIR)$$dir/$$file'" && \
	    $(INSTALL_DATA) completion.tmp "$(DESTDIR)$$dir/$$file" || exit 1; \
	  done;							\
	done;							\
	rm -f completion.tmp
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
