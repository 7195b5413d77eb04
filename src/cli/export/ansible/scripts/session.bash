# ---- A session: a playbook asks for the steps one by one, and the shells of the targets stay meanwhile. It is what
# this file is run as, detached, in a folder of its own: requests come through one pipe, answers go through another,
# and what the steps print lies in files beside them.

yes_word='-e runbook_yes=true' later=1
session=${0%/*} asker= outcome=ok check='' unsure='' ended_as=''
declare -A fact=() worked_out=()
before='' after='' # of a file, for `--diff`
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
    asker=${line%% *} outcome=ok fact=() before='' after=''
    case ${line#* } in
      begin) begin "${@:2}" ;;
      end) exit 0 ;;
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
    printf '}'
    if [[ -n $after ]]; then
      json "$path"
      printf ',"diff":{"path":%s,"before":"%s","after":"%s"}' "$REPLY" "$before" "$after"
    fi
    printf '}\n'
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

work_out() { # RUNBOOK: its computed defaults, before its first step
  [[ -z ${worked_out[$1]-} ]] || return 0
  worked_out[$1]=1
  if [[ -z $check ]]; then runbook "$1"; return; fi
  # After a step that would have run, a default may not be there to be worked out yet.
  alive host || enter host
  if (runbook "$1"); then runbook "$1"; else [[ -n $unsure ]] || exit 1; fi
}

ask_step() {
  if [[ $waiting == "$id" ]]; then prove_on; return; fi
  work_out "${id%%/*}"
  if (( ${#when[@]} > 0 )) && ! would_apply; then outcome=skipped; return; fi
  filled
  [[ -z $is_file ]] || check_path
  if [[ -n $check ]]; then would; return; fi
  ! done_already || return 0
  agreed
  [[ -z $is_file ]] || show_change
  tried
  at=0 end=0
  if (( tries > 1 )); then passed; else prove_on; fi
}

would_apply() { # whether the step applies; under `--check` after a step that would have run, one that breaks may
  [[ -n $check && -n $unsure ]] || { applies; return; }
  alive "${when[0]}" || enter "${when[0]}"
  (applies)
  (( $? != 1 ))
}

passed() {
  local name
  waiting=
  for name in $sets; do fact[$name]=${value[$name]}; done
  # A step that hands on values only reads.
  [[ -n $sets ]] || outcome=changed
}

prove_on() { # from the proof that did not hold yet; the playbook asks again while one may come to hold
  # Most come to hold at once. Each time that the playbook asks, it takes a connection.
  local status patient=$((SECONDS + 3))
  for (( ; at < ${#proof[@]}; at += 4 )); do
    (( end > 0 )) || end=$((SECONDS + proof[at + 2]))
    until copy "${proof[at]}" "${proof[at + 1]}" "${proof[at + 3]}"; do
      status=$?
      if (( SECONDS >= end )); then
        said "${proof[at]}"
        fail 'its proof does not hold' "$status"
      fi
      (( SECONDS < patient )) || { waiting=$id outcome=waits; return; }
      sleep 0.2
    done
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
  [[ -z $is_file ]] || show_change
  # After a step that would have run, a guard's answer says nothing about a real run.
  outcome=changed unsure=1
}

show_change() { # what a file step replaces, as `--diff` shows it: nothing that others may not read on the host
  local was
  [[ -z $mode || ${mode: -1} == [4567] ]] || return 0
  file_commands rb_save
  perform "$on" $check_limit '__x_saved=$(__x_copy 2>/dev/null); __x_code=$?; __x_tell O "$__x_saved"' "$REPLY" || return 0
  case $printed in
    none*) was= ;;
    file\ ???????r*) was=$(tail -n +2 <<<"$printed" | tr -d '\n') ;;
    *) return 0 ;;
  esac
  # A large file would be read by nobody.
  (( ${#was} + ${#body} < 100000 )) || return 0
  ! secret_in "$(base64 -d <<<"$was" 2>/dev/null | tr -d '\0')$body" || return 0
  before=$was after=$(printf %s "$body" | base64 | tr -d '\n')
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
