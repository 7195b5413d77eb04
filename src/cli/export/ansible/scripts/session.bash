# ---- A session: a playbook asks for the steps one by one, and the shells of the targets stay meanwhile. It is what
# this file is run as, detached, in a folder of its own: requests come through one pipe, answers go through another,
# and what the steps print lies in files beside them.

yes_word='-e runbook_yes=true' later=1
session=${0%/*} asker= outcome=ok check='' unsure='' ended_as=''
declare -A fact=()
waiting='' at=0 end=0 # the step whose proof does not hold yet, which proof it is, and until when it may

say() { ended_as=$1; printf '%s: %s%s\n' "$id" "$1" "${2:+ ($2)}"; } # in place of the script's own

attend() { # IDLE-SECONDS CHECK TAKEOVER RUNBOOK NEEDS-ROOT WORDS...
  local line
  cd "$session" || exit
  exec {requests}<>requests {answers}<>answers >>output 2>>errors </dev/null
  own_fds="$requests $answers 8"
  trap finish EXIT
  while IFS= read -r -t "$1" -u "$requests" line; do
    : >output
    : >errors
    asker=${line%% *} outcome=ok fact=()
    case ${line#* } in
      begin) begin "${@:2}" ;;
      end) exit 0 ;;
      values\ *) work_out "${line##* }" ;;
      *) . ./request; "ask_${line##* }" ;;
    esac
    answer 0
    asker=
  done
}

finish() { # a step that failed ends the session, as it ends a run
  local status=$?
  trap - EXIT
  leave_all
  rb_unlock
  [[ -n $asker ]] || { rm -rf "$session"; return; }
  (( status == 0 )) || outcome=failed
  answer "$status"
}

answer() { # STATUS
  local name between=
  {
    printf '{"outcome":"%s","facts":{' "$outcome"
    for name in "${!fact[@]}"; do json "${fact[$name]}"; printf '%s"%s":%s' "$between" "$name" "$REPLY"; between=,; done
    printf '}}\n'
  } >outcome
  printf '%s %s\n' "$asker" "$1" >&"$answers"
}

json() { # TEXT: as a string of JSON, in REPLY
  local text=$1 mark='\' code character escape
  text=${text//"$mark"/"$mark$mark"}
  text=${text//'"'/"$mark"'"'}
  if [[ $text == *[[:cntrl:]]* ]]; then
    for (( code = 1; code < 32; code++ )); do
      printf -v escape '\\u%04x' "$code"
      printf -v character %b "$escape"
      text=${text//"$character"/"$escape"}
    done
  fi
  REPLY=\"$text\"
}

begin() { # CHECK TAKEOVER RUNBOOK NEEDS-ROOT WORDS...
  [[ $1 != True ]] || check=1
  [[ -n $check ]] || hold "$2" "$3"
  arguments "${@:5}"
  [[ -z $4 || $(id -u) == 0 ]] || die 3 'This needs root: set `become: true`.'
  settle
  keep "$3"
  # Values that an earlier run worked out are known; only guards are asked again.
  [[ -z $check || ! -e $kept/values ]] || . "$kept/values"
  fact[did]=$(cat "$kept/did" 2>/dev/null)
  fact[session]=$session
}

hold() { # TAKEOVER RUNBOOK: one run at a time holds a host
  local old process
  rb_uid=$(id -u)
  for old in "${session%/*}"/runbook.??????????; do
    [[ $old != "$session" && -d $old && ! -L $old && -O $old ]] || continue
    process=$(cat "$old/pid" 2>/dev/null)
    if [[ $(tr '\0' ' ' <"/proc/$process/cmdline") != *"$old/run "* ]]; then rm -rf "$old"
    elif [[ $1 == True ]]; then
      kill "$process"
      for (( at = 0; at < 100; at++ )); do kill -0 "$process" || break; sleep 0.1; done
    fi
  done 2>/dev/null
  at=0
  rb_lock "run=ansible-$2 by=$(id -un)@$(uname -n) pid=$$ since=$(date -u +%FT%TZ)"
  [[ $held != held ]] || die 3 "Another run holds this host: ${holder//$'\t'/ }" \
    '  If that is a play that was cut off: -e runbook_takeover=true ends what it left.'
}

rb_frame() { held=$2 holder=${3-}; } # what the lock answers

work_out() { # RUNBOOK: its computed defaults
  local name
  if [[ -n $check ]]; then
    # After a step that would have run, a default may not be there to be worked out yet.
    alive host || enter host
    (runbook "$1") || { [[ -n $unsure ]] || exit 1; }
  else
    runbook "$1"
  fi
  for name in ${computed[@]+"${computed[@]}"}; do [[ -z ${value[$name]+x} ]] || fact[$name]=${value[$name]}; done
}

ask_when() {
  if [[ -n $check && -n $unsure ]]; then
    alive "${when[0]}" || enter "${when[0]}"
    outcome=applies
    (applies) && return
    (( $? == 1 )) || return 0
    outcome=skipped
  elif applies; then outcome=applies
  else outcome=skipped; fi
}

ask_step() {
  filled
  if [[ $waiting == "$id" ]]; then prove_on; return; fi
  [[ -z $is_file ]] || check_path
  if [[ -n $check ]]; then would; return; fi
  ! done_already || return 0
  agreed
  tried
  at=0 end=0
  if (( tries > 1 )); then passed; else prove_on; fi
}

passed() {
  local name
  waiting=
  for name in $sets; do fact[$name]=${value[$name]}; done
  # A step that hands on values only reads.
  [[ -n $sets ]] || outcome=changed
}

prove_on() { # from the proof that did not hold yet; the playbook asks again while one may come to hold
  local status
  for (( ; at < ${#proof[@]}; at += 4 )); do
    (( end > 0 )) || end=$((SECONDS + proof[at + 2]))
    copy "${proof[at]}" "${proof[at + 1]}" "${proof[at + 3]}"
    status=$?
    if (( status != 0 )); then
      (( SECONDS >= end )) || { waiting=$id outcome=waits; return; }
      said "${proof[at]}"
      fail 'its proof does not hold' "$status"
    fi
    end=0
  done
  passed
}

would() { # what `--check` asks: guards alone
  local index
  alive "$on" || enter "$on"
  for (( index = 0; index < ${#guard[@]}; index += 3 )); do alive "${guard[index]}" || enter "${guard[index]}"; done
  # In a copy, since a guard that is broken ends it.
  (done_already || exit 4) && return
  (( $? == 4 )) || [[ -n $unsure ]] || exit 1
  [[ -z $sets ]] || return 0
  # After a step that would have run, a guard's answer says nothing about a real run.
  outcome=changed unsure=1
}

ask_keep() { # before a file is written by the playbook: what is there is kept for undo, and missing folders are made
  local missing=
  filled
  check_path
  fact=([folder]=1 [mode]=$mode [owner]='' [group]='')
  file_commands 'rb_walk && [ -z "$rb_rest" ]'
  copy "$on" $check_limit "$REPLY" || missing=1
  if [[ ! -f $path || -L $path ]]; then fact[mode]=${mode:-0644} fact[owner]=$(id -u) fact[group]=$(id -g); fi
  ! done_already || return 0
  if [[ -n $check ]]; then
    unsure=1
    [[ -z $missing ]] || fact[folder]= outcome=changed
    return
  fi
  agreed
  keep_file || fail "$why" $?
  file_commands '(set -e; rb_enter)'
  copy "$on" $check_limit "$REPLY" || { said "$on"; fail 'its folder could not be made' 1; }
  [[ -z $missing ]] || outcome=changed
  remember
}

ask_proof() { # of a file that the playbook wrote
  [[ -z $check ]] || return 0
  filled
  prove_on
  [[ $outcome == waits ]] || outcome=ok
}

ask_undo() {
  grep -qxF -- "$id" "$kept/did" 2>/dev/null || return 0
  if [[ -n $check ]]; then outcome=changed; return; fi
  filled
  way_back
  undo_step
  undid
  [[ $ended_as != undone ]] || outcome=changed
  [[ -s $kept/did ]] || forget
}
