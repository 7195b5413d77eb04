# ---- Steps: each is when, guard, run, proof; one whose work is done already is skipped.

texts=() computed=()
declare -A compute_text=() compute_for=()

computes() { # NAME RUNBOOK <<TEXT: a default that is worked out on the host
  computed+=("$1") compute_for[$1]=$2
  IFS= read -r -d '' "compute_text[$1]" || :
}

runbook() { # ID: its computed defaults, just before its first step
  local name other
  for name in ${computed[@]+"${computed[@]}"}; do
    [[ ${compute_for[$name]} == "$1" && -z ${value[$name]+x} ]] || continue
    perform host 60 "$name=\$(__x_copy); __x_code=\$?; [ \$__x_code != 0 ] || __x_sets $name" "${compute_text[$name]}" ||
      die 1 "The default of $name can't be worked out (exit code $?)."
    check "$name"
    for other in "${!pid[@]}"; do alive "$other" && hand "$other" "$name"; done
  done
}

step() { # ID TARGET PLACE
  id=$1 on=$2 place=$3 limit=0 tries=1 exits=0 sets= danger= path= mode= when=() guard=() proof=() body=
}
limit() { limit=$1; }
tries() { tries=$1; }
exits() { exits=$*; }
meant() { [[ " $exits " == *" $1 "* ]]; } # STATUS
sets() { sets=$*; }
danger() { danger=$1; }
body() { IFS= read -r -d '' body || :; }
file() { path=$1 mode=$2; body; }                                                     # PATH MODE <<CONTENT
when() { local text; IFS= read -r -d '' text || :; when+=("$1" "$2" "$text"); }       # TARGET SECONDS <<TEXT
guard() { local text; IFS= read -r -d '' text || :; guard+=("$1" "$2" "$text"); }     # TARGET SECONDS <<TEXT
proof() { local text; IFS= read -r -d '' text || :; proof+=("$1" "$2" "$3" "$text"); } # TARGET SECONDS WITHIN <<TEXT

copy() { perform "$1" "$2" '__x_said=$(__x_copy 2>&1); __x_code=$?' "$3"; } # TARGET SECONDS TEXT
said() { perform "$1" 10 'printf "%s\n" "$__x_said"; __x_code=0' ''; }        # TARGET: what the last copy printed

say() { printf '[%s/%s] %-9s %s%s\n' "$count" "$total" "$1" "$id" "${2:+  ($2)}"; }

fail() { # MESSAGE STATUS
  say failed
  die 1 "$id: $1 (exit code $2)" "  at $place"
}

holds() { # WHAT TARGET SECONDS TEXT: 0 yes, 1 no; what is broken ends the script
  local status
  copy "$2" "$3" "$4"
  status=$?
  case $trouble:$status in
    :0) return 0 ;;
    enter:*) [[ $1 == when ]]; return ;; # a target that can't be entered yet has nothing done
    timeout:* | :12[6-9] | :1[3-9]? | :2??) said "$2"; fail "its $1 is broken" "$status" ;;
    *) return 1 ;;
  esac
}

done_already() {
  local index
  [[ -z $sets ]] || return 1
  if [[ -n $path ]]; then perform "$on" 60 "__x_file same $quoted_path; __x_code=\$?" "$body"; return; fi
  if (( ${#guard[@]} > 0 )); then
    for (( index = 0; index < ${#guard[@]}; index += 3 )); do holds guard "${guard[@]:index:3}" || return 1; done
    return 0
  fi
  (( ${#proof[@]} > 0 )) || return 1
  for (( index = 0; index < ${#proof[@]}; index += 4 )); do
    holds proof "${proof[index]}" "${proof[index + 1]}" "${proof[index + 3]}" || return 1
  done
}

prove() { # TARGET SECONDS WITHIN TEXT
  local end=$((SECONDS + $3)) status
  while :; do
    copy "$1" "$2" "$4"
    status=$?
    (( status != 0 )) || return 0
    (( SECONDS < end )) || { said "$1"; fail 'its proof does not hold' "$status"; }
    sleep 0.5
  done
}

go() { # runs the step that was just described
  local index answer status=0 try program name
  count=$((${count-0} + 1))
  if [[ -n $path ]]; then
    fill "$path"; quote "$REPLY"; quoted_path=$REPLY
    fill "$body"; body=$REPLY
  fi
  for (( index = 0; index < ${#when[@]}; index += 3 )); do
    if ! holds when "${when[@]:index:3}"; then said "${when[index]}"; say skipped 'does not apply'; return; fi
  done
  if done_already; then say skipped 'already done'; return; fi
  if [[ -n $danger && -z $yes ]]; then
    [[ -t 0 && -t 2 ]] || die 2 "$id: $danger" '  There is no terminal to ask on: --yes answers beforehand.'
    read -rp "$id: $danger Go on? [y/N] " answer
    [[ $answer == [yY]* ]] || die 1 "$id was not wanted."
  fi
  program="eval \"\$__x_run\"; [ \$__x_code != 0 ] || __x_sets $sets"
  [[ -z $path ]] || program="__x_file write $quoted_path $mode; __x_code=\$?"
  for (( try = 1; try <= tries; try++ )); do
    perform "$on" "$limit" "$program" "$body"
    status=$?
    [[ -n $trouble ]] || ! meant "$status" || break
  done
  case $trouble:$status in
    timeout:*) fail "it took more than $limit s" "$status" ;;
    enter:*) fail "its target $on can't be entered" "$status" ;;
    *) meant "$status" || fail "$([[ $exits == 0 ]] && echo 'it failed' || echo "it is meant to end with exit code $exits")" "$status" ;;
  esac
  for name in $sets; do
    for index in "${!pid[@]}"; do alive "$index" && hand "$index" "$name"; done
  done
  for (( index = 0; index < ${#proof[@]}; index += 4 )); do prove "${proof[@]:index:4}"; done
  say passed
}
