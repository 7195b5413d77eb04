# ---- Files, and the way back: what this script did is kept in a folder of its own, with what was there before.

why= printed= back=()
declare -A back_step=()

keep() { # sets `kept`: a folder for this runbook with these values
  local name base=/var/lib/runbook text=
  [[ $(id -u) == 0 ]] || base=${XDG_STATE_HOME:-$HOME/.local/state}/runbook
  for name in $(printf '%s\n' "${!value[@]}" | sort); do
    [[ ${kind[$name]} == *' secret '* ]] || text+="$name=${value[$name]}"$'\n'
  done
  kept=${RUNBOOK_STATE_DIR:-$base}/exported/$1/$(printf %s "$text" | cksum | tr ' ' -)
  [[ ! -e $kept ]] || own_folder
  # Values that were worked out and handed on then are those that are undone.
  [[ $verb != undo || ! -e $kept/values ]] || . "$kept/values"
}

own_folder() { [[ -O $kept && ! -L $kept && -O ${kept%/*} ]] || die 3 "$kept belongs to somebody else."; }

keeping() { # before the first thing that is kept
  (umask 077 && mkdir -p "$kept") || die 3 "What this does can't be kept for undo: $kept can't be made."
  own_folder
}

secret_in() { # TEXT
  local name
  for name in "${names[@]}"; do
    [[ ${kind[$name]} != *' secret '* || -z ${value[$name]-} || $1 != *"${value[$name]}"* ]] || return 0
  done
  return 1
}

did() { # the step begins: from here on there is something to undo, unless it only reads
  [[ -z $sets ]] || return 0
  keeping
  grep -qxF -- "$id" "$kept/did" 2>/dev/null || printf '%s\n' "$id" >>"$kept/did"
}

remember() { # values as they are now, but for secrets and what holds one
  local name
  keeping
  (
    umask 077
    for name in "${!value[@]}"; do
      secret_in "${value[$name]}" || printf 'value[%s]=%q\n' "$name" "${value[$name]}"
    done >"$kept/values.new" && mv -f "$kept/values.new" "$kept/values"
  )
}

check_path() {
  local problem=
  case $path in
    '') problem='the path of the file is empty' ;;
    *[[:cntrl:]]*) problem='the path of the file has a control character' ;;
    [!/]*) problem="the path $path is not absolute" ;;
    */.. | */../*) problem="the path $path has \`..\`" ;;
    */ | */.) problem="the path $path names a folder" ;;
  esac
  if secret_in "$path"; then path= problem='the path of the file contains a secret'; fi
  [[ -z $problem ]] || fail "$problem" 1
}

file_commands() { # COMMAND [MODE]: the commands of a file step, for its target, in REPLY
  local bytes name content place
  bytes=$(printf %s "$body" | wc -c)
  name=.runbook-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  quote "$path"; place=$REPLY
  quote "$body"; content=$REPLY
  REPLY="$file_guard
rb_p=$place rb_n=$((bytes)) rb_o=${2-$mode} rb_m=$permissions rb_r=$name
rb_c=$content
$file_write
$1"
}

keep_file() { # what is there now; where that can't be, `why` says why
  local slot=$kept/${id//\//.}
  file_commands rb_save
  why="what is at $path can't be kept for undo"
  perform "$on" $check_limit '__x_saved=$(__x_copy 2>/dev/null); __x_code=$?; __x_tell O "$__x_saved"' "$REPLY" || return
  case $printed in
    'refused '*) why=${printed#refused }; return 1 ;;
    other*) why="$path is neither a file nor a link; it is left as it is"; return 1 ;;
  esac
  # What the first run found stays; a secret is never kept.
  keeping
  if [[ ! -e $slot ]] && ! secret_in "$(tail -n +2 <<<"$printed" | base64 -d 2>/dev/null | tr -d '\0')"; then
    (umask 077 && printf '%s\n' "$printed" >"$slot")
  fi
  why=
  did
}

write_file() { # keeps what is there, and writes the file
  local status
  keep_file || return
  file_commands rb_write
  why='it failed'
  copy "$on" "$limit" "$REPLY"
  status=$?
  case $trouble:$status in
    :0) ;;
    enter:*) why="its target $on can't be entered"; return 1 ;;
    *) said "$on"; return "$status" ;;
  esac
  why=
  proved
}

way_back() { # notes how the step is undone, for later: the last step comes first
  back+=("$id")
  back_step[$id]=$(declare -p on place is_file path body mode permissions undo)
}

undo_all() {
  local index
  [[ -s $kept/did ]] || { echo 'There is nothing that this script did with these values.'; return; }
  total=$(wc -l <"$kept/did")
  for (( index = ${#back[@]} - 1; index >= 0; index-- )); do
    id=${back[index]}
    grep -qxF -- "$id" "$kept/did" || continue
    count=$((count + 1))
    undo_step
    undid
  done
  forget
}

undid() { # the step is undone
  grep -vxF -- "$id" "$kept/did" >"$kept/did.new"
  mv -f "$kept/did.new" "$kept/did"
  rm -f "$kept/${id//\//.}"
}

forget() { # what was kept, once all is undone
  rm -f "$kept/values"
  [[ -s $kept/did ]] || rm -rf "$kept"
}

undo_step() {
  local on place is_file path body mode permissions undo index status
  eval "${back_step[$id]}"
  if [[ -n $is_file ]]; then undo_file; return; fi
  (( ${#undo[@]} > 0 )) || { say kept 'it has no undo'; return; }
  for (( index = ${#undo[@]} - 3; index >= 0; index -= 3 )); do
    copy "${undo[@]:index:3}"
    status=$?
    [[ $trouble != enter ]] || { say skipped "its target can't be entered: it is gone, or what it holds is left"; return; }
    (( status == 0 )) || { said "${undo[index]}"; fail 'its undo failed' "$status"; }
  done
  say undone
}

undo_file() {
  local slot=$kept/${id//\//.} head rest text octal=
  [[ -e $slot ]] || { say kept 'what was there before is not known'; return; }
  head=$(head -n 1 "$slot") rest=$(tail -n +2 "$slot"; echo x)
  rest=${rest%$'\n'x}
  quote "$rest"
  text="rb_b=$REPLY"
  case $head in
    file\ *)
      set -- $head
      octal_of "$2"
      octal=$REPLY text+=$'\n'"rb_restore file $3:$4"
      ;;
    link) text+=$'\n''rb_restore link' ;;
    *) quote "${head#none }"; text="rb_restore none $REPLY" ;;
  esac
  file_commands "$text" "$octal"
  copy "$on" $((2 * check_limit)) "$REPLY"
  case $trouble:$? in
    :0) say undone ;;
    :9) say kept "$path was changed since" ;;
    enter:*) say skipped "its target can't be entered: it is gone, or what it holds is left" ;;
    *) said "$on"; fail 'its undo failed' 1 ;;
  esac
}

octal_of() { # PERMISSIONS as `ls` writes them: in octal, in REPLY
  local index mode=0 letter
  for (( index = 1; index < 10; index++ )); do
    letter=${1:index:1}
    [[ $letter != [rwxst] ]] || (( mode |= 1 << (9 - index) ))
    [[ $letter != [sStT] ]] || (( mode |= 1 << (12 - index / 3) ))
  done
  printf -v REPLY %o "$mode"
}
