# The shell of a target. Runs what the supervisor hands on, one text after another, at top level, so that all state
# carries. After each text a forked copy reports (so that what the page shadows or changes is left alone), takes the
# next text, and prints it; the only command of this shell's own between two texts is `.`.
# Inside the outermost braces, bash keeps the first stdin, stdout and stderr as 10, 11 and 12, closed on exec.
__rb_main=$$ __rb_nonce=$RB_NONCE __rb_seq=0 __rb_status=0 __rb_sets=() __rb_keep= __rb_user_exit=
__rb_stack=(0 0) __rb_so= __rb_bo= __rb_unwind=
unset RB_NONCE OLDPWD BASH_EXECUTION_STRING
exec 10<&- 11<&- 12<&- # of whoever started this shell

# A failed command: note where, then return from every function and file up to this shell's own.
# On one line, since LINENO counts the lines of a trap's text too.
__rb_err='__rb_q=$? __rb_at=$LINENO; __rb_failed "$__rb_at" "${#BASH_SOURCE[@]}" "${BASH_SOURCE[@]}" "${BASH_LINENO[@]}" || case ${BASH_SOURCE-} in "" | /dev/fd/248) ;; *) return "$__rb_q" ;; esac'

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

# The same from a subshell, which can only tell.
__rb_inner() {
  POSIXLY_CORRECT=1
  unset -f printf
  printf -v __rb_s '%s ' "$@"
  printf '\036%s I %s\037' "$__rb_nonce" "$__rb_s" >&12
  unset POSIXLY_CORRECT
} 2>/dev/null

# `exit` ends the step, not this shell. It unwinds before the next command of every function and file.
exit() {
  __rb_q=$?
  if [[ $BASHPID != "$__rb_main" ]]; then
    POSIXLY_CORRECT=1
    exit "${@-$__rb_q}"
  fi
  [[ ${1-$__rb_q} =~ ^-?[0-9]+$ ]] && __rb_exit=$((${1-$__rb_q} & 255)) || __rb_exit=2
  [[ -n $__rb_unwind ]] || __rb_stack=("$BASH_LINENO" "$((${#BASH_SOURCE[@]} - 1))" "${BASH_SOURCE[@]:1}" "${BASH_LINENO[@]:1}")
  set +e -T
  trap 'case ${BASH_SOURCE-} in "" | /dev/fd/248) trap - DEBUG ;; *) return "$__rb_exit" ;; esac' DEBUG
  return "$__rb_exit"
}

# Prints state in sections that \035 divides: functions, traps, their attributes, aliases, mask, options, folder,
# the EXIT trap, variables.
__rb_state() {
  POSIXLY_CORRECT=1
  unset -f typeset exit __rb_next __rb_state __rb_tell_state __rb_gone __rb_quit __rb_inner __rb_failed
  unset POSIXLY_CORRECT
  typeset -f
  POSIXLY_CORRECT=1
  unset -f printf declare alias umask pwd shopt trap
  unset POSIXLY_CORRECT
  printf '\035'
  trap -p
  printf '\035'
  declare -F
  printf '\035'
  alias -p
  printf '\035'
  umask
  printf '\035%s\035%s\035%s\035%s\035' "$__rb_so" "$__rb_bo" "$PWD" "$__rb_user_exit"
  POSIXLY_CORRECT=1
  unset ${!__rb_@} ${!BASH_@} ${!EPOCH@} ${!COMP@} DIRSTACK GROUPS FUNCNAME HISTCMD PIPESTATUS RANDOM SRANDOM LINENO \
    BASH HOSTNAME HOSTTYPE MACHTYPE OSTYPE OPTERR SHELLOPTS PPID EUID UID RUNBOOK_RUN RUNBOOK_STEP POSIXLY_CORRECT
  declare -p
}

# Runs in a copy: tells how the last text ended and the state that it left, waits for the next text and prints it.
# The end goes first, since the runner has work to do with it while the state is put together.
__rb_next() {
  POSIXLY_CORRECT=1
  set +Eeu
  __rb_status=${__rb_exit-$__rb_status} __rb_st=
  # What of the page's would be in the way of printing goes, and is in the state only where that is taken before.
  if [[ -n $__rb_keep ]] && { export -nf printf || export -nf read; }; then __rb_st=$(__rb_state); fi
  POSIXLY_CORRECT=1
  unset -f printf read
  unset POSIXLY_CORRECT
  for __rb_n in "${__rb_sets[@]}"; do
    if [[ -v $__rb_n ]]; then printf '\036%s V %s %q\037' "$__rb_nonce" "$__rb_n" "${!__rb_n}" >&11; fi
  done
  printf '\036%s D %s\037' "$__rb_nonce" "$__rb_seq" >&12
  printf -v __rb_s '%s ' "$__rb_seq" "$__rb_status" "${1-${__rb_exit+exit}}" "${__rb_stack[@]}"
  printf '\036%s D %s\037' "$__rb_nonce" "$__rb_s" >&11
  if [[ -n $__rb_keep ]]; then
    # Not in a function of its own: there, a DEBUG trap is out of sight.
    [[ -n $__rb_st ]] || __rb_st=$(__rb_state)
    __rb_tell_state
  fi
  [[ -z ${1-} ]] || return 0
  read -r -u 10 __rb_n || { printf '__rb_quit'; return 0; }
  if [[ ${LC_ALL@a} == *r* ]]; then
    # Lengths are in bytes, and `read -N` counts characters.
    head -c "$__rb_n" <&10
  else
    LC_ALL=C
    read -r -u 10 -N "$__rb_n" __rb_s
    printf '%s' "$__rb_s"
  fi
} 2>/dev/null

# The state, in frames that are written whole.
__rb_tell_state() {
  [[ ${LC_ALL@a} == *r* ]] || LC_ALL=C
  printf -v __rb_s '%q' "$__rb_st"
  while [[ ${#__rb_s} -gt 3900 ]]; do
    printf '\036%s S %s\037' "$__rb_nonce" "${__rb_s:0:3900}" >&11
    __rb_s=${__rb_s:3900}
  done
  printf '\036%s S %s\037\036%s Z %s\037' "$__rb_nonce" "$__rb_s" "$__rb_nonce" "$__rb_seq" >&11
}

# This shell ends in the middle of a text: a `set -u` error, say. State is kept as far as it can be told. Bash may have
# given the first stdout and stderr back already.
__rb_gone() {
  __rb_status=$? __rb_so=$SHELLOPTS __rb_bo=$BASHOPTS
  # Bash runs this trap in a pipeline's subshells too, where an unset variable ends them.
  [[ $BASHPID == "$__rb_main" ]] || return 0
  __rb_keep=1
  POSIXLY_CORRECT=1
  { [[ a ]]; } 2>/dev/null >&11 || exec 11>&1 12>&2
  unset POSIXLY_CORRECT
  # In a substitution, since a plain copy has no traps to tell of.
  __rb_s=$(__rb_next last)
}

__rb_quit() {
  POSIXLY_CORRECT=1
  unset -f exit
  trap - EXIT ERR DEBUG
  [[ -z $__rb_user_exit ]] || trap "unset POSIXLY_CORRECT; $__rb_user_exit" EXIT
  exit 0
}

trap '__rb_gone' EXIT
trap "$__rb_err" ERR
printf '\036%s W %s\037' "$__rb_nonce" "$$"
{
  __rb_go=1
  while [[ -n $__rb_go ]]; do
    __rb_go=
    . /dev/fd/248 248<<<"$(__rb_next)"
  done
} </dev/null >/dev/null 2>&1
