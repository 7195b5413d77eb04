# ---- Shells: one for each target, entered at its first step, so that state carries from step to step.

set -m # each in a process group of its own, which can be ended as a whole
work=$(mktemp -d) || die 1 'There is no place for temporary files.'
token=$$-$RANDOM$RANDOM
declare -A command=() pid=() in=() out=()

quote() { local mark="'\\''"; REPLY="'${1//\'/$mark}'"; }

target() { command[$1]=$2; } # NAME COMMAND

surroundings() { # what every shell starts from, and nothing else
  local name home
  home=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
  while read -r name; do unset "$name" 2>/dev/null; done < <(compgen -e)
  export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=${home:-/} USER
  USER=$(id -un)
  export LANG=C.UTF-8 TERM=dumb DEBIAN_FRONTEND=noninteractive
  for name in "${!value[@]}"; do export "$name=${value[$name]}"; done
}

enter() { # TARGET
  local fd name
  shut "$1"
  mkfifo "$work/$1.in" "$work/$1.out" 2>/dev/null
  exec {fd}<>"$work/$1.in" && in[$1]=$fd
  exec {fd}<>"$work/$1.out" && out[$1]=$fd
  (
    for fd in "${in[@]}" "${out[@]}" ${own_fds-}; do exec {fd}>&-; done
    surroundings
    exec bash --noprofile --norc -c "${command[$1]-} sh" <"$work/$1.in" >"$work/$1.out" 2>&3 3>&-
  ) 3>&1 &
  pid[$1]=$!
  # A program that reads ahead must not read more than this.
  tell "$1" "$(tr '\n' ' ' <<END
__x_id=\$(id -u); __x_home=/; __x_user=\$__x_id; __x_path=/usr/local/bin:/usr/bin:/bin;
while IFS=: read -r __x_a __x_b __x_c __x_d __x_e __x_f __x_g; do
[ "\$__x_c" != "\$__x_id" ] || { __x_home=\$__x_f; __x_user=\$__x_a; break; }; done </etc/passwd;
[ "\$__x_id" != 0 ] || __x_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin;
set -- PATH="\$__x_path" HOME="\$__x_home" USER="\$__x_user" LOGNAME="\$__x_user" LANG=C.UTF-8 TERM=dumb DEBIAN_FRONTEND=noninteractive;
if command -v bash >/dev/null 2>&1; then echo $token-bash; exec env -i "\$@" bash --noprofile --norc;
else echo $token-sh; exec env -i "\$@" sh; fi
END
)"
  until [[ $(listen "$1" 60) == *"$token-"* ]]; do alive "$1" || { pid[$1]=; return 1; }; done
  worker "$1"
  for name in "${!value[@]}"; do hand "$1" "$name"; done
}

shut() { # TARGET: lets go of its streams
  local fd
  for fd in ${in[$1]-} ${out[$1]-}; do exec {fd}>&-; done
  unset "in[$1]" "out[$1]"
}

alive() { [[ -n ${pid[$1]-} ]] && kill -0 "${pid[$1]}" 2>/dev/null; }
tell() { printf '%s\n' "$2" >&"${in[$1]}"; }
hand() { quote "${value[$2]}"; tell "$1" "export $2=$REPLY"; } # TARGET NAME

listen() { # TARGET SECONDS: prints the next line of its shell; fails where there is none in time, or the shell is gone
  local line part= end=$((SECONDS + $2))
  while :; do
    if IFS= read -r -t 0.5 line <&"${out[$1]}"; then printf '%s\n' "$part$line"; return 0; fi
    part+=$line # the time may be over in the middle of a line
    if ! alive "$1"; then IFS= read -r -t 0.1 line <&"${out[$1]}" && { printf '%s\n' "$part$line"; return 0; }; return 1; fi
    (( $2 == 0 || SECONDS < end )) || return 2
  done
}

worker() { # TARGET: what its shell has to know before the first step
  tell "$1" "__x_token=$token; cd 2>/dev/null || cd /"
  tell "$1" "$(cat <<'END'
exec 9>&1 1>&2
__x_tell() { # LETTER TEXT: hands a text on, in one line
  printf '%s %s %s\n' "$__x_token" "$1" "$(printf '%s\n' "$2" | sed -e 's/\\/\\\\/g' -e '$!s/$/\\n/' | tr -d '\n')" >&9
}
__x_sets() { # NAME...: hands variables on
  for __x_name; do
    eval "[ \"\${$__x_name+x}\" ]" || { printf '%s is not set.\n' "$__x_name"; __x_code=1; continue; }
    eval "__x_value=\$$__x_name"
    __x_tell "V $__x_name" "$__x_value"
  done
}
if [ -n "${BASH_VERSION-}" ]; then
  eval '
  __x_main=$BASHPID __x_unwind=
  # A failed command returns from every function, and then from the step; the shell itself stays.
  __x_err='\''__x_q=$?; [[ $BASHPID != "$__x_main" || ( $- != *e* && -z $__x_unwind ) ]] || { __x_unwind=1; set +e; }; [[ $BASHPID != "$__x_main" || -z $__x_unwind ]] || case ${BASH_SOURCE-} in "") ;; *) return "$__x_q" ;; esac'\''
  exit() { # ends the step, not its shell
    __x_q=$?
    [[ $BASHPID == "$__x_main" ]] || builtin exit "${@-$__x_q}"
    __x_exit=${1-$__x_q}
    set +e -T
    trap '\''case ${BASH_SOURCE-} in "") trap - DEBUG ;; *) return "$__x_exit" ;; esac'\'' DEBUG
    return "$__x_exit"
  }
  __x_copy() { ( set -eu +o pipefail; shopt -s inherit_errexit; eval "$__x_text" ) </dev/null 9>&-; }
  __x_service() { ( set -euo pipefail; shopt -s inherit_errexit; eval "$__x_text" ) </dev/null 9>&-; }
  '
  __x_run='set -Eeuo pipefail; shopt -s inherit_errexit; __x_unwind= __x_exit=; trap "$__x_err" ERR
. /dev/fd/8 8<<<"$__x_text" 0</dev/null 1>&1 2>&2 9>&-
__x_code=$?; set +xvEeuT +o pipefail; trap - ERR DEBUG; __x_code=${__x_exit:-$__x_code}'
  __x_caught=${__x_run/1>&1/1>\"\$__x_out\"}
else
  __x_copy() { ( set -eu; eval "$__x_text" ) </dev/null 9>&-; }
  __x_service() { __x_copy; }
  __x_run='set -eu; { eval "$__x_text"; } </dev/null 9>&-; __x_code=$?; set +eu'
  __x_caught='set -eu; { eval "$__x_text"; } </dev/null 9>&- >"$__x_out"; __x_code=$?; set +eu'
fi
# A service runs in a copy of the shell, beside what follows; another program lets some shells see that it has ended.
__x_serve() { __x_service & __x_tell O "$!"; __x_code=0; }
__x_served() { # PID
  sleep 0
  if kill -0 "$1" 2>/dev/null; then __x_tell O runs; else wait "$1"; __x_tell O "$?"; fi
  __x_code=0
}
# The same, and returns the output for comparison; longer output is not compared.
__x_captured='__x_out=$(mktemp); eval "$__x_caught"; cat "$__x_out"; __x_tell O "$(head -c 262144 "$__x_out")"; rm -f "$__x_out"'
END
)"
}

perform() { # TARGET SECONDS PROGRAM TEXT: runs it there; the status is its own, unless `trouble` says what came between
  local line status
  trouble=
  alive "$1" || enter "$1" || { trouble=enter; return 1; }
  quote "$4"
  tell "$1" "__x_text=$REPLY"
  tell "$1" "$3"
  tell "$1" 'printf "%s D %s\n" "$__x_token" "$__x_code" >&9'
  while :; do
    line=$(listen "$1" "$2")
    status=$?
    case $line in
      "$token O "*) printf -v printed %b "${line#"$token O "}" ;;
      "$token V "*) line=${line#"$token V "}; printf -v "value[${line%% *}]" %b "${line#* }" ;;
      "$token D "*) return "${line##* }" ;;
    esac
    (( status != 2 )) || { leave "$1"; trouble=timeout; return 1; }
    # Its shell is gone, as `exit` does where there is no bash; the next step enters again.
    (( status != 1 )) || { wait "${pid[$1]}"; status=$?; pid[$1]=; return "$status"; }
  done
}

leave() { # TARGET
  local tries
  shut "$1"
  for (( tries = 0; tries < 10; tries++ )); do alive "$1" || break; sleep 0.1; done
  # What it left in the background, services too, is asked to end first.
  for (( tries = 0; tries < 30; tries++ )); do
    if (( tries == 0 )); then kill -TERM -- "-${pid[$1]}" 2>/dev/null; else kill -0 -- "-${pid[$1]}" 2>/dev/null; fi || break
    sleep 0.1
  done
  kill -KILL -- "-${pid[$1]}" 2>/dev/null
  wait "${pid[$1]}" 2>/dev/null # or bash tells of it
  pid[$1]=
}

leave_all() {
  local name
  for name in "${!pid[@]}"; do [[ -z ${pid[$name]} ]] || leave "$name"; done 2>/dev/null
  rm -rf "$work"
}
trap leave_all EXIT
trap 'trap "" INT TERM HUP; echo "interrupted" >&2; exit 130' INT TERM HUP
