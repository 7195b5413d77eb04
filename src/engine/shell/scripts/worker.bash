# The shell of a target. Runs what the supervisor hands on, one text after another, at top level, so that all state
# carries. After each text a forked copy reports (so that what the page shadows or changes is left alone), takes the
# next text, and prints it. Between two texts this shell runs special builtins only, in POSIX mode, where they win over
# functions of the page with the same names.
# No descriptor of the runner's is open while a page's text runs, but its stdin, stdout and stderr: the supervisor's
# pipes are opened anew by name whenever they are used. Between two texts those three are closed, so that bash need not
# keep them at descriptors 10, 11 and 12 while it redirects them: pages use these.
IFS=' ' read -r __rb_nonce __rb_in
__rb_out=/proc/$__rb_in/fd/3 __rb_errors=/proc/$__rb_in/fd/4 __rb_in=/proc/$__rb_in/fd/5
__rb_main=$$ __rb_seq=0 __rb_status=0 __rb_sets=() __rb_keep= __rb_user_exit= __rb_how=- __rb_lost= __rb_over=
__rb_stack=(0 0) __rb_so= __rb_bo= __rb_unwind=
unset OLDPWD BASH_EXECUTION_STRING

# A failed command: note where, then return from every function and file up to this shell's own (`/dev/./fd/N`).
# On one line, since LINENO counts the lines of a trap's text too.
__rb_err='__rb_q=$? __rb_at=$LINENO; __rb_failed "$__rb_at" "${#BASH_SOURCE[@]}" "${BASH_SOURCE[@]}" "${BASH_LINENO[@]}" || case ${BASH_SOURCE-} in "" | /dev/./fd/*) ;; *) return "$__rb_q" ;; esac'

# Fails where the trap has to return.
__rb_failed() {
  [[ $- == *e* || -n $__rb_unwind ]] || return 0
  if [[ $BASHPID == "$__rb_main" ]]; then
    [[ -n $__rb_unwind ]] || __rb_stack=("$@")
    __rb_unwind=1
    set +e
    return 1
  fi
  __rb_inner "$__rb_q" "$@"
}

# The same from a subshell, which can only report the failure.
__rb_inner() {
  POSIXLY_CORRECT=1
  unset -f printf
  printf -v __rb_s '%s ' "$@"
  printf '\036%s I %s\037' "$__rb_nonce" "$__rb_s" >>"$__rb_errors"
  unset POSIXLY_CORRECT
} 2>/dev/null

# `exit` ends the step, not this shell. It unwinds before the next command of every function and file.
exit() {
  __rb_q=$?
  if [[ $BASHPID != "$__rb_main" ]]; then
    [[ ${1-$__rb_q} == 0 ]] || __rb_inner "${1-$__rb_q}" "$BASH_LINENO" "$((${#BASH_SOURCE[@]} - 1))" "${BASH_SOURCE[@]:1}" "${BASH_LINENO[@]:1}"
    POSIXLY_CORRECT=1
    exit "${@-$__rb_q}"
  fi
  [[ ${1-$__rb_q} =~ ^-?[0-9]+$ ]] && __rb_exit=$((${1-$__rb_q} & 255)) || __rb_exit=2
  [[ -n $__rb_unwind ]] || __rb_stack=("$BASH_LINENO" "$((${#BASH_SOURCE[@]} - 1))" "${BASH_SOURCE[@]:1}" "${BASH_LINENO[@]:1}")
  set +e -T
  trap 'case ${BASH_SOURCE-} in "" | /dev/./fd/*) trap - DEBUG ;; *) return "$__rb_exit" ;; esac' DEBUG
  return "$__rb_exit"
}

# Runs in a copy: reports how the last text ended and the state that it left, waits for the next text and prints it.
# The end goes first, since the runner has work to do with it while the state is put together.
# __rb_next HOW ARGUMENT...: HOW is `last` where this shell ends, else `-`; then this shell's own arguments.
__rb_next() {
  POSIXLY_CORRECT=1
  set +Eeu
  __rb_status=${__rb_exit-$__rb_status} __rb_st=
  # What of the page's would be in the way of printing goes, and is in the state only where that is taken before.
  if [[ -n $__rb_keep ]] && { export -nf printf || export -nf read || export -nf mapfile || export -nf pwd || export -nf declare; }; then
    __rb_st=$(__rb_state "$@")
  fi
  POSIXLY_CORRECT=1
  unset -f printf read mapfile pwd declare
  # Here, so that a text which the supervisor sends as soon as it hears of the end finds a reader.
  [[ $1 == last ]] || { [[ -e $__rb_in ]] && exec {__rb_fd}<"$__rb_in"; } || { printf '__rb_quit'; return 0; }
  for __rb_n in "${__rb_sets[@]}"; do
    __rb_s=$(declare -p "$__rb_n") || continue
    printf '\036%s V %q\037' "$__rb_nonce" "$__rb_s" >>"$__rb_out"
  done
  [[ $1 == last ]] && __rb_how=${__rb_over:-last}
  printf '\036%s D %s\037' "$__rb_nonce" "$__rb_seq" >>"$__rb_errors"
  printf -v __rb_s '%s ' "$__rb_seq" "$__rb_status" "$__rb_how" "${BASHPID:-0}" "${__rb_stack[@]}"
  printf '\036%s D %s\037' "$__rb_nonce" "$__rb_s" >>"$__rb_out"
  if [[ -n $__rb_keep ]]; then
    # Not in a function of its own: there, a DEBUG trap is out of sight.
    [[ -n $__rb_st ]] || __rb_st=$(__rb_state "$@")
    __rb_tell_state
  fi
  [[ $1 != last ]] || return 0
  # `read` would take a last digit that is in the page's IFS for a divider.
  mapfile -t -n 1 -u "$__rb_fd" __rb_n && [[ -n ${__rb_n-} ]] || { printf '__rb_quit'; return 0; }
  if [[ ${LC_ALL@a} == *r* ]]; then
    # Lengths are in bytes, and `read -N` counts characters.
    __rb_s=$(head -c "$__rb_n" <&"$__rb_fd"; printf .)
    __rb_s=${__rb_s%.}
  else
    LC_ALL=C
    # In POSIX mode bash asks the kernel for each character by itself.
    unset POSIXLY_CORRECT
    read -r -u "$__rb_fd" -N "$__rb_n" __rb_s
    POSIXLY_CORRECT=1
  fi
  __rb_n=${__rb_s%%$'\n'*}
  # In POSIX mode `pwd -P` sets PWD, too, which a page may have made readonly.
  unset POSIXLY_CORRECT
  if [[ $__rb_n == *' __rb_page=1' ]] && { [[ -n $__rb_lost ]] || ! pwd -P >/dev/null; }; then
    # Nothing of a page runs where its folder is gone: only the assignments of the text's first line are left.
    printf '%s __rb_how=folder __rb_keep= __rb_status=1' "$__rb_n"
  else
    printf '%s' "$__rb_s"
  fi
} 2>/dev/null

# This shell ends in the middle of a text: a `set -u` error, say; or behind it, since the text left it so. State is kept as
# far as it can be told.
__rb_gone() {
  __rb_q=$?
  [[ -n $__rb_over ]] || __rb_status=$__rb_q __rb_so=$SHELLOPTS __rb_bo=$BASHOPTS
  # Bash runs this trap in a pipeline's subshells too, where an unset variable ends them.
  [[ $BASHPID == "$__rb_main" ]] || return 0
  builtin set +u
  # Where that is readonly, none of the functions above works.
  if [[ ${POSIXLY_CORRECT@a} == *r* ]]; then
    builtin printf '\036%s D %s\037' "$__rb_nonce" "$__rb_seq" >>"$__rb_errors"
    builtin printf '\036%s D %s\037' "$__rb_nonce" "$__rb_seq $__rb_status ${__rb_over:-last} 0 0 0 " >>"$__rb_out"
    return 0
  fi
  __rb_keep=1
  # In a substitution, since a plain copy has no traps to tell of.
  __rb_s=$(__rb_next last "$@")
}

__rb_quit() {
  POSIXLY_CORRECT=1
  unset -f exit
  trap - EXIT ERR DEBUG
  [[ -z $__rb_user_exit ]] || trap "unset POSIXLY_CORRECT; $__rb_user_exit" EXIT
  exit 0
}

trap '__rb_gone "$@"' EXIT
trap "$__rb_err" ERR
printf '\036%s W %s\037' "$__rb_nonce" "$$"
exec <&- >&- 2>&-
POSIXLY_CORRECT=1
__rb_go=1
while [[ -n $__rb_go ]]; do
  __rb_go=
  exec {__rb_fd}<<<"$(__rb_next - "$@")"
  . "/dev/./fd/$__rb_fd"
done
