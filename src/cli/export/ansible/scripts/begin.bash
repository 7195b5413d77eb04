# Begins the session of a play on this host: IDLE-SECONDS CHECK TAKEOVER YES VERB, and on standard input three lines of
# base64: what asks a session, what a session runs, and the values.

session=$(mktemp -d -t runbook.XXXXXXXXXX) && cd "$session" && mkfifo requests answers || exit
for file in ask run; do
  IFS= read -r text
  printf %s "$text" | base64 -d >"$file" || { rm -rf "$session"; exit 1; }
done
IFS= read -r text
refuse() { printf 'error: %s\n' "$1" >&2; rm -rf "$session"; exit 2; } # a value that the page does not take
settings=("$1" "$2" "$3") yes=$4 verb=$5
set --
[[ $verb != undo ]] || set -- undo
[[ $yes != True ]] || set -- "$@" --yes
eval "$(printf %s "$text" | base64 -d)"
setsid bash "$session/run" "${settings[@]}" "$@" </dev/null >/dev/null 2>&1 &
echo $! >pid
exec bash "$session/ask" begin </dev/null
