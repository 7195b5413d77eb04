# The lock that makes one run at a time hold a host, whoever started it. What is locked is a folder that only root can
# put there and that every user can open: no file of it is made or opened for that, so a link, a pipe or a file that
# somebody planted in a folder which all may write is never met. Who holds the lock stands in a folder of the holder's
# own, and is only told to people: `holder` in /run/lock/runbook.UID.

# rb_lock WORDS: takes the lock; WORDS tell others who it is. Tells `L free`, with what this user's own last run left
# there, `L held`, with what this user's and other users' last runs left there, a tab between them, or `L none` where
# the host has no way to lock.
rb_lock() {
  command -v flock >/dev/null 2>&1 || { rb_frame L none; return; }
  for rb_dir in /run/lock /run /; do [ ! -d "$rb_dir" ] || break; done
  { exec 8<"$rb_dir"; } 2>/dev/null || { rb_frame L none; return; }
  rb_own=$rb_dir/runbook.$rb_uid
  flock -n 8
  rb_status=$?
  # 1 is what it says where another process has the lock.
  [ "$rb_status" -le 1 ] || { rb_frame L none; return; }
  if [ "$rb_status" = 0 ]; then
    rb_words=
    [ -d "$rb_own" ] || (umask 022 && mkdir "$rb_own") 2>/dev/null
    if rb_is_own "$rb_own"; then
      [ ! -f "$rb_own/holder" ] || IFS= read -r rb_words <"$rb_own/holder"
      (umask 022 && printf '%s\n' "$1" >"$rb_own/holder") 2>/dev/null
    fi
    rb_frame L free "$rb_words"
  else
    rb_words=
    ! rb_is_own "$rb_own" || IFS= read -r rb_words <"$rb_own/holder"
    rb_frame L held "$rb_words	$(rb_others)"
    exec 8<&-
  fi
} 2>/dev/null

# rb_is_own FOLDER: holds for a folder of this user's that nobody else can write.
rb_is_own() { [ -d "$1" ] && [ ! -h "$1" ] && [ -O "$1" ]; }

# rb_others: prints what other users' runs say. In their folders may stand anything: a link (to a device that opening
# changes), a pipe, and as many folders as they like. So no link is followed, no pipe is waited for, and all of it ends in time.
rb_others() {
  command -v timeout >/dev/null 2>&1 || return 0
  timeout -s KILL 2 sh -c '
    for rb_g in "$1"/runbook.[0-9]*; do
      [ "$rb_g" = "$2" ] || [ -h "$rb_g" ] || [ -h "$rb_g/holder" ] || [ ! -f "$rb_g/holder" ] ||
        dd if="$rb_g/holder" iflag=nofollow,nonblock bs=300 count=1
    done
  ' sh "$rb_dir" "$rb_own" | head -c 3000 | tr -cd '[:print:]' # a run that ends in order takes its words away, so one is left
}

# rb_unlock: the run ended in order.
rb_unlock() {
  [ -z "${rb_own-}" ] || ! rb_is_own "$rb_own" || : >"$rb_own/holder"
} 2>/dev/null
