# ---- Steps: each is when, guard, run, proof; one whose work is done already is skipped.

computed=() count=0 check_limit=300 step_limit=3600 later=
declare -A compute_text=() compute_for=()

computes() { # NAME RUNBOOK <<TEXT: a default that is worked out on the host
  computed+=("$1") compute_for[$1]=$2
  IFS= read -r -d '' "compute_text[$1]" || :
}

runbook() { # ID: its computed defaults, just before its first step
  local name other
  for name in ${computed[@]+"${computed[@]}"}; do
    [[ ${compute_for[$name]} == "$1" && -z ${value[$name]+x} ]] || continue
    perform host $check_limit "$name=\$(__x_copy); __x_code=\$?; [ \$__x_code != 0 ] || __x_sets $name" "${compute_text[$name]}" ||
      die 1 "The default of $name can't be worked out (exit code $?)."
    check "$name"
    for other in "${!pid[@]}"; do alive "$other" && hand "$other" "$name"; done
  done
}

step() { # ID TARGET PLACE
  id=$1 on=$2 place=$3 limit=$step_limit tries=1 exits=0 sets= danger= service= is_file= path= mode= permissions= wanted=
  when=() guard=() proof=() undo=() body=
}
limit() { limit=$1; }
tries() { tries=$1; }
exits() { exits=$*; }
meant() { [[ " $exits " == *" $1 "* ]]; } # STATUS
sets() { sets=$*; }
background() { service=1; }
danger() { danger=$1; }
body() { IFS= read -r -d '' body || :; }
file() { is_file=1 path=$1 mode=$2 permissions=$3; body; }                            # PATH MODE PERMISSIONS <<CONTENT
when() { local text; IFS= read -r -d '' text || :; when+=("$1" "$2" "$text"); }       # TARGET SECONDS <<TEXT
guard() { local text; IFS= read -r -d '' text || :; guard+=("$1" "$2" "$text"); }     # TARGET SECONDS <<TEXT
proof() { local text; IFS= read -r -d '' text || :; proof+=("$1" "$2" "$3" "$text"); } # TARGET SECONDS WITHIN <<TEXT
undo() { local text; IFS= read -r -d '' text || :; undo+=("$1" "$2" "$text"); }       # TARGET SECONDS <<TEXT

output() { # [EXPRESSION REFERENCE]... EXPRESSION: what the step is to print, with values between expressions of Perl's kind
  local name text lines='(?:[^\n]*\n)*'
  wanted='\A'
  while (( $# > 1 )); do
    # What has no value yet stands as it is written.
    name=${2//[!A-Za-z0-9_]/} text=$2
    [[ -z ${value[$name]+x} ]] || text=${value[$name]}
    text=$(printf '%s|' "$text" | sed -e 's/\\/\\x5c/g' -e 's/[][^$.*+?(){}|]/\\&/g')
    text=${text%'\|'}
    wanted+=$1${text//$'\n'/'\n'} # two characters, as in the expressions: grep reads lines as expressions of their own
    shift 2
  done
  wanted+=$1
  # Blanks at the ends of lines and empty lines at the end don't count, where values bring them either.
  while [[ $wanted == *[[:blank:]]'\n'* ]]; do wanted=${wanted//[[:blank:]]'\n'/'\n'}; done
  while [[ $wanted == *'\n\n' || $wanted == '\A\n' || $wanted == *"$lines"'\n' ]]; do wanted=${wanted%'\n'}; done
  wanted+='\z'
}

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
  case $1:$trouble:$status in
    *::0) return 0 ;;
    *:enter:*) [[ $1 == when ]]; return ;; # a target that can't be entered yet has nothing done
    proof:*) return 1 ;; # a broken one says no more than that it does not hold yet
    *:timeout:* | *::12[67] | *::129 | *::1[3-9]? | *::2??) said "$2"; fail "its $1 is broken" "$status" ;;
    *) return 1 ;;
  esac
}

applies() {
  local index
  for (( index = 0; index < ${#when[@]}; index += 3 )); do
    holds when "${when[@]:index:3}" || { said "${when[index]}"; return 1; }
  done
}

done_already() {
  local index
  [[ -z $sets ]] || return 1
  if [[ -n $is_file ]]; then file_commands 'rb_tidy; rb_same'; copy "$on" $check_limit "$REPLY" || return 1; fi
  for (( index = 0; index < ${#guard[@]}; index += 3 )); do holds guard "${guard[@]:index:3}" || return 1; done
  # The work of a service is that it runs, which its proofs say.
  [[ -n $service || ( -z $is_file && ${#guard[@]} == 0 ) ]] || return 0
  for (( index = 0; index < ${#proof[@]}; index += 4 )); do
    holds proof "${proof[index]}" "${proof[index + 1]}" "${proof[index + 3]}" || return 1
  done
  (( ${#proof[@]} > 0 ))
}

prove() { # TARGET SECONDS WITHIN TEXT
  local end=$((SECONDS + $3)) status
  while :; do
    copy "$1" "$2" "$4"
    status=$?
    (( status != 0 )) || return 0
    if [[ -n $service ]] && ! serves "$on" "$serving"; then
      why="it ended before it was ready"
      (( printed == 0 )) && why+=': a service stays in the foreground'
      return "$printed"
    fi
    (( SECONDS < end )) || { said "$1"; why='its proof does not hold'; return "$status"; }
    sleep 0.3
  done
}

differs() { # warns where the step printed something else than its page shows
  local text
  text=$(printf %s "$printed" | sed -e 's/[[:space:]]*$//')
  # Where grep knows no such expressions, nothing can be compared.
  printf x | grep -qP x 2>/dev/null || return 0
  # With a NUL at its end, no text at all is a text that can be compared, too.
  printf '%s\0' "${text:+$text$'\n'}" | grep -qzP -- "$wanted" ||
    printf 'warning: %s: the output is not what %s shows\n' "$id" "$place" >&2
}

services=() # each as `TARGET PID STEP`

serves() { # TARGET PID: whether a service runs; else `printed` is its status
  perform "$1" 10 "__x_served $2" '' && [[ $printed == runs* ]] && return
  printed=${printed//[!0-9]/}
  printed=${printed:-1}
  return 1
}

serve() { # starts the service, and waits until its proofs hold; where they don't, `why` says so
  local index serving
  alive "$on" || enter "$on" || { why="its target $on can't be entered"; return 1; }
  (( ${#undo[@]} == 0 )) || did
  perform "$on" 10 __x_serve "$body" || { why='it could not be started'; return 1; }
  serving=${printed//[!0-9]/} why=
  for (( index = 0; index < ${#proof[@]}; index += 4 )); do prove "${proof[@]:index:4}" || return; done
  services+=("$on $serving $id")
}

watch_services() { # one that ended by itself fails, unless it ended well
  local one target number name
  for one in ${services[@]+"${services[@]}"}; do
    read -r target number name <<<"$one"
    serves "$target" "$number" && continue
    services=("${services[@]/#"$one"/}")
    (( printed == 0 )) || { id=$name; fail 'the service ended while the run went on' "$printed"; }
    printf 'The service %s ended.\n' "$name"
  done
}

attempt() { # runs the step and its proofs once; where that fails, `why` says what did
  local index status name program='eval "$__x_run"'
  [[ -z $wanted ]] || program='eval "$__x_captured"'
  printed=
  # A target that can't be entered leaves the step as one that never began.
  alive "$on" || enter "$on" || { why="its target $on can't be entered"; return 1; }
  did
  perform "$on" "$limit" "$program; case ' $exits ' in *\" \$__x_code \"*) __x_end=\$__x_code; __x_code=0; __x_sets $sets; [ \$__x_code != 0 ] || __x_code=\$__x_end ;; esac" "$body"
  status=$?
  case $trouble:$status in
    timeout:*) why="it took more than $limit s" ;;
    enter:*) why="its target $on can't be entered" ;;
    *)
      if meant "$status"; then why=; else why="$([[ $exits == 0 ]] && echo 'it failed' || echo "it is meant to end with exit code $exits")"; fi
      ;;
  esac
  [[ -z $why ]] || return "$status"
  [[ -z $wanted ]] || differs
  for name in $sets; do
    for index in "${!pid[@]}"; do alive "$index" && hand "$index" "$name"; done
  done
  proved
}

proved() { # all proofs of the step, one after the other; `later` says that its own caller asks them
  local index
  [[ -z $later || $tries != 1 ]] || return 0
  for (( index = 0; index < ${#proof[@]}; index += 4 )); do prove "${proof[@]:index:4}" || return; done
}

go() { # runs the step that was just described, or keeps its way back
  filled
  if [[ $verb == undo ]]; then way_back; return; fi
  count=$((count + 1))
  [[ -z $is_file ]] || check_path
  applies || { say skipped 'does not apply'; return; }
  if done_already; then say skipped 'already done'; return; fi
  agreed
  tried
  say passed
  watch_services
}

filled() { # puts values into the path and the text of a file
  [[ -n $is_file ]] || return 0
  fill "$path"; path=$REPLY
  fill "$body"; body=$REPLY
  [[ $body != $'\n' ]] || body= # a text of nothing but values that are empty
}

agreed() { # asks before a dangerous step
  local answer
  [[ -n $danger && -z $yes ]] || return 0
  [[ -t 0 && -t 2 ]] || die 2 "$id: $danger" "  There is no terminal to ask on: $yes_word answers beforehand."
  read -rp "$id: $danger Go on? [y/N] " answer
  [[ $answer == [yY]* ]] || die 1 "$id was not wanted."
}

tried() { # as often as its page allows
  local try status pause=1
  for (( try = 1; ; try++ )); do
    if [[ -n $is_file ]]; then write_file; elif [[ -n $service ]]; then serve; else attempt; fi
    status=$?
    (( try < tries )) && [[ -n $why ]] || break
    sleep $pause
    pause=$((pause < 15 ? 2 * pause : 30))
  done
  [[ -z $why ]] || fail "$why" "$status"
  remember
}
