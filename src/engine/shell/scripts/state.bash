# What the worker's copy tells of its state. Read by bash before `worker.bash`.

# Prints the state in sections that the nonce divides: see `sections` in state/read-state.ts.
# __rb_state HOW ARGUMENT...: the arguments are the shell's own.
__rb_state() {
  POSIXLY_CORRECT=1
  __rb_sep=$'\035'$__rb_nonce$'\035'
  shift
  # A function by this name would print instead; the other one of the two prints it.
  if export -nf typeset; then (
    unset -f declare
    unset POSIXLY_CORRECT
    declare -f typeset
  ); fi
  unset -f typeset __rb_next __rb_state __rb_tell_state __rb_gone __rb_quit __rb_inner __rb_failed
  unset POSIXLY_CORRECT
  typeset -f
  # A separator, too: `printf` may be one of the functions.
  typeset -p __rb_sep
  typeset -F
  POSIXLY_CORRECT=1
  unset -f printf declare alias umask pwd shopt trap ulimit
  unset POSIXLY_CORRECT
  printf %s "$__rb_sep"
  trap -p
  printf %s "$__rb_sep"
  alias -p
  printf %s "$__rb_sep"
  umask
  printf '%s%s' "$__rb_sep" "$__rb_so" "$__rb_sep" "$__rb_bo" "$__rb_sep"
  pwd -P
  printf %s "$__rb_sep"
  pwd -L || printf %s "$PWD" # which a page may have set: for people to read
  printf '%s%s' "$__rb_sep" "$__rb_user_exit" "$__rb_sep"
  # One by one: with a control character in IFS, bash takes each character of a list's members for a word.
  for (( __rb_i = 1; __rb_i < ${#DIRSTACK[@]}; __rb_i++ )); do printf '%q ' "${DIRSTACK[__rb_i]}"; done
  printf %s "$__rb_sep"
  printf '%q ' "$0" "$@"
  printf %s "$__rb_sep"
  POSIXLY_CORRECT=1
  ulimit -Sa
  printf %s "$__rb_sep"
  ulimit -Ha
  printf %s "$__rb_sep"
  unset "${!__rb_@}" BASH_ARGC BASH_ARGV BASH_COMMAND BASH_LINENO BASH_SOURCE BASHPID EPOCHREALTIME EPOCHSECONDS \
    FUNCNAME LINENO PIPESTATUS RANDOM SRANDOM _ RUNBOOK_RUN RUNBOOK_STEP POSIXLY_CORRECT
  declare -p
}

# The state, in frames that are written whole.
__rb_tell_state() {
  [[ ${LC_ALL@a} == *r* ]] || LC_ALL=C
  printf -v __rb_s '%q' "$__rb_st"
  while [[ ${#__rb_s} -gt 3900 ]]; do
    printf '\036%s S %s\037' "$__rb_nonce" "${__rb_s:0:3900}"
    __rb_s=${__rb_s:3900}
  done >>"$__rb_out"
  printf '\036%s S %s\037\036%s Z %s\037' "$__rb_nonce" "$__rb_s" "$__rb_nonce" "$__rb_seq" >>"$__rb_out"
}
