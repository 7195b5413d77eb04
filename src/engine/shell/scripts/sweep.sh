# Ends what a dead run left on a target. After `ending.sh`; the runner has set rb_run, rb_marks (of the unfinished step and
# of services) and rb_sids (the sessions of the run's shells here). What finished steps left in sessions of their own
# lives on.

rb_left() {
  {
    for rb_mark in $rb_marks; do
      for rb_g in /sys/fs/cgroup/*/runbook-"$rb_mark" /sys/fs/cgroup/runbook-"$rb_mark" "$rb_group/runbook-$rb_mark"; do
        [ ! -d "$rb_g" ] || cat "$rb_g/cgroup.procs"
      done
    done
    grep -lzsxF "RUNBOOK_RUN=$rb_run" /proc/[0-9]*/environ | cut -d/ -f3 | while read -r rb_p; do
      rb_step=$(tr '\0' '\n' <"/proc/$rb_p/environ" 2>/dev/null | sed -n 's/^RUNBOOK_STEP=//p')
      # What has no mark of a step is a shell of the run's own: an empty one stands between the last two blanks.
      case " $rb_marks  " in *" $rb_step "*) echo "$rb_p"; continue ;; esac
      { read -r rb_stat <"/proc/$rb_p/stat"; } 2>/dev/null || continue
      set -- ${rb_stat##*) }
      case " $rb_sids " in *" $4 "*) echo "$rb_p" ;; esac
    done
  } 2>/dev/null | sort -un | while read -r rb_p; do
    [ "$rb_p" = "$$" ] || rb_zombie "$rb_p" || echo "$rb_p"
  done
}

rb_group
rb_end 20 rb_left
if [ -n "$rb_group" ]; then
  set --
  for rb_g in "$rb_group/runbook-$rb_run-"*; do set -- "$@" "${rb_g##*/runbook-}"; done
  rb_ungroup "$@"
fi
exit 0
