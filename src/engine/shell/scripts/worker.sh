# The shell of a target without bash. Runs what the supervisor hands on, one text after another. A failed command ends
# such a shell (`set -eu`); its state is told before, and the next shell starts with it.
# No descriptor of the runner's is open while a page's text runs. Where there is /proc, the supervisor's pipes are opened
# anew by name whenever they are used. Elsewhere they are this shell's stdin, stdout and stderr between two texts, and what
# is around a text gives them other numbers (see the end): a page's own 8 and 9 end there with their text.
IFS=' ' read -r rb_nonce rb_in
rb_seq=0 rb_status=0 rb_sets= rb_keep= rb_how=- rb_lost= rb_functions= rb_user_exit= rb_ours=1 rb_proc=
if [ -e "/proc/$rb_in/fd/5" ]; then
  rb_proc=1 rb_out=/proc/$rb_in/fd/3 rb_errors=/proc/$rb_in/fd/4 rb_in=/proc/$rb_in/fd/5
  rb_say() { printf "$@" >>"$rb_out"; }
  rb_say_error() { printf "$@" >>"$rb_errors"; }
  rb_open() { exec </dev/null >>"$rb_out" 2>>"$rb_errors"; }
  rb_listen() { [ -e "$rb_in" ] && exec 7<"$rb_in"; }
else
  rb_say() { printf "$@" >&9; }
  rb_say_error() { printf "$@" >&8; }
  rb_open() { exec </dev/null >&9 2>&8 8>&- 9>&-; }
  rb_listen() { exec 7<&0; }
fi

# rb_trap ARGUMENT...: what `trap` means in a page. An EXIT trap is kept for the end of the target's shell: this shell
# ends at each failed command. The others are noted, since some shells cannot list them in a copy.
rb_trap() {
  [ "$#" -gt 0 ] || { command trap; return; }
  rb_n=$$
  { read -r rb_n </proc/self/stat; } 2>/dev/null || :
  [ "${rb_n%% *}" = "$$" ] || { command trap "$@"; return; } # in a subshell, whose traps are its own
  [ "$1" != -- ] || shift
  case $1 in
    - | [0-9] | [0-9][0-9]) rb_n=- ;;
    *) rb_n=$1 ;;
  esac
  case $1 in [0-9] | [0-9][0-9]) ;; *) shift ;; esac
  for rb_s in "$@"; do
    rb_s=${rb_s#SIG}
    case $rb_s in
      EXIT | 0)
        if [ "$rb_n" = - ]; then rb_user_exit=; else rb_user_exit=$rb_n; fi
        continue
        ;;
    esac
    command trap -- "$rb_n" "$rb_s" || return
    case $rb_s in
      *[!A-Z0-9]*) ;;
      *) if [ "$rb_n" = - ]; then unset "rb_trap_$rb_s"; else eval "rb_trap_$rb_s=\$rb_n"; fi ;;
    esac
  done
}

# rb_shift: moves the first word of rb_rest into rb_s. The page's IFS, which may be readonly, has no say in that.
rb_shift() {
  rb_s=${rb_rest%% *}
  case $rb_rest in *' '*) rb_rest=${rb_rest#* } ;; *) rb_rest= ;; esac
}

# rb_state ARGUMENT...: prints all variables as `set` does, and in variables of its own what else there is.
rb_state() {
  set +eu
  rb_n=0
  for rb_s in "$@"; do
    rb_n=$((rb_n + 1))
    eval "rb_word_$rb_n=\$rb_s"
  done
  rb_words=$#
  rb_defined= rb_rest=$rb_functions
  while [ -n "$rb_rest" ]; do
    rb_shift
    case $(type "$rb_s" 2>/dev/null) in *function*) rb_defined="$rb_defined $rb_s" ;; esac
  done
  unalias trap 2>/dev/null
  rb_umask=$(umask) rb_folder=$(pwd -P) rb_logical=$(pwd -L)
  [ . -ef "$rb_folder" ] || rb_folder=
  rb_options=$(set +o) rb_aliases=$(alias) rb_exported=$(export -p) rb_readonly=$(readonly -p)
  rb_soft=$(ulimit -Sa) rb_hard=$(ulimit -Ha)
  unset rb_nonce rb_seq rb_status rb_sets rb_keep rb_how rb_lost rb_functions rb_out rb_errors rb_in rb_n rb_s rb_rest rb_page
  set
}

# rb_escape: makes rb_s fit into a frame.
rb_escape() {
  rb_end=$(printf '\037') rb_begin=$(printf '\036') rb_escape=$(printf '\035')
  for rb_pair in "${rb_escape}g" "${rb_end}u" "${rb_begin}r"; do
    rb_char=${rb_pair%?} rb_rest=$rb_s rb_s=
    while case $rb_rest in *"$rb_char"*) true ;; *) false ;; esac; do
      rb_s=$rb_s${rb_rest%%"$rb_char"*}$rb_escape${rb_pair#?} rb_rest=${rb_rest#*"$rb_char"}
    done
    rb_s=$rb_s$rb_rest
  done
}

# rb_tell ARGUMENT...: how the last text ended, and the state that it left.
rb_tell() {
  set +eu
  while [ -n "$rb_sets" ]; do
    rb_rest=$rb_sets
    rb_shift
    rb_name=$rb_s rb_sets=$rb_rest
    if eval "[ -n \"\${$rb_name+x}\" ]"; then
      eval "rb_s=\$$rb_name"
      rb_escape
      rb_say '\036%s V %s %s\037' "$rb_nonce" "$rb_name" "$rb_s"
    fi
  done
  if [ -n "$rb_keep" ]; then
    rb_s=$(rb_state "$@")
    rb_escape
    rb_say '\036%s S %s\037\036%s Z\037' "$rb_nonce" "$rb_s" "$rb_nonce"
  fi
  rb_say_error '\036%s D %s\037' "$rb_nonce" "$rb_seq"
  # The shell itself opens the file, and it is its own.
  rb_self=
  read -r rb_self </proc/self/stat
  rb_self=${rb_self%% *}
  rb_say '\036%s D %s %s %s %s 0 0 \037' "$rb_nonce" "$rb_seq" "$rb_status" "$rb_how" "${rb_self:-0}"
}

# rb_next ARGUMENT...: tells, and prints the next text. Nothing of a page runs where its folder is gone.
rb_next() {
  rb_listen || { printf 'exit 0'; return 0; }
  rb_tell "$@"
  # The page's IFS may be readonly. What it divides is at the end of a line only, a single character there (see rb_hand).
  read -r rb_s <&7 || { printf 'exit 0'; return 0; }
  rb_n=${rb_s%%\\n*}
  case $rb_n in
    *' rb_page=1')
      if [ -n "$rb_lost" ] || ! [ . -ef "$(pwd -P)" ]; then
        printf '%s rb_how=folder rb_keep= rb_status=1' "$rb_n"
        return 0
      fi
      ;;
  esac
  printf '%b' "$rb_s"
}

rb_gone() {
  rb_status=$? rb_keep=1 rb_how=last
  [ -n "$rb_ours" ] || return 0
  if [ -n "$rb_proc" ]; then rb_tell "$@"; else rb_tell "$@" 9>&1 8>&2 >/dev/null 2>&1; fi
}

trap 'rb_gone "$@"' EXIT
if [ -n "$rb_proc" ]; then
  rb_say '\036%s W %s\037' "$rb_nonce" "$$"
  exec </dev/null >/dev/null 2>&1
  while :; do
    eval "$(rb_next "$@")"
  done
else
  rb_say '\036%s W %s\037' "$rb_nonce" "$$" 9>&1
  while :; do
    { eval "$(rb_next "$@")"; } 9>&1 8>&2 >/dev/null 2>&1
  done
fi
