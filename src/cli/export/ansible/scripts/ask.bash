# Hands one request to the session of a play on this host, and prints what its step printed. The last line is what came
# of it, as JSON. `begin` makes the session, `end` takes it away; a step that fails ends it, too.

session=${0%/*}
cd -- "$session" || exit
id=$$-$RANDOM status= part=
exec 8<>requests 9<>answers
cat >request
printf '%s %s\n' "$id" "$*" >&8
while [[ -z $status ]]; do
  alive=1
  kill -0 "$(<pid)" 2>/dev/null || alive=
  # The time may be over in the middle of a line. An answer to somebody who did not wait for it is not this one's.
  if IFS= read -r -t 0.5 -u 9 line; then
    line=$part$line part=
    [[ $line != "$id "* ]] || status=${line#* }
  elif part+=$line && [[ -z $alive ]]; then
    echo 'error: the session of this play on this host has ended.' >>errors
    echo '{"outcome":"failed","facts":{}}' >outcome
    status=1
  fi
done
# No journal keeps a step's output: of long output the head and the tail are enough.
if (( $(wc -c <output) > 262144 )); then head -c 131072 output; printf '\n…\n'; tail -c 131072 output; else cat output; fi
[[ -z $(tail -c 1 output) ]] || echo
cat errors >&2
cat outcome
[[ $status == 0 && $1 != end ]] || rm -rf "$session"
exit "$status"
