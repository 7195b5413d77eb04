# Ends what a step left on a target whose line was lost, and whose supervisor may be gone too. After `ending.sh`; the
# runner has set rb_mark (the step's) and rb_sid (the session of the shell that it ran in). What earlier steps left in
# sessions of their own lives on: of the shell's descendants only the supervisor knows which those are.

rb_left() {
  rb_members "$rb_mark" "" "$rb_group"
  rb_session "$rb_sid"
}

rb_group
[ -z "$rb_group" ] || rb_group=$rb_group/runbook-$rb_mark
rb_end 20 rb_left
exit 0
