# Ends what a dead run left on a target. After `ending.sh`; the runner has set rb_run, rb_mark (the unfinished step's,
# or empty) and rb_sids (the sessions of the run's shells here). What finished steps left in sessions of their own
# lives on.

rb_left() {
  {
    [ -z "$rb_mark" ] || for rb_g in /sys/fs/cgroup/*/runbook-"$rb_mark" /sys/fs/cgroup/runbook-"$rb_mark" "$rb_group/runbook-$rb_mark"; do
      [ ! -d "$rb_g" ] || cat "$rb_g/cgroup.procs"
    done
    grep -lzsxF "RUNBOOK_RUN=$rb_run" /proc/[0-9]*/environ | cut -d/ -f3 | while read -r rb_p; do
      rb_step=$(tr '\0' '\n' <"/proc/$rb_p/environ" 2>/dev/null | sed -n 's/^RUNBOOK_STEP=//p')
      case $rb_step in
        '' | "$rb_mark") echo "$rb_p" ;;
        *)
          { read -r rb_stat <"/proc/$rb_p/stat"; } 2>/dev/null || continue
          set -- ${rb_stat##*) }
          case " $rb_sids " in *" $4 "*) echo "$rb_p" ;; esac
          ;;
      esac
    done
  } 2>/dev/null | sort -un | while read -r rb_p; do
    [ "$rb_p" = "$$" ] || rb_zombie "$rb_p" || echo "$rb_p"
  done
}

rb_group
rb_end 20 rb_left
rb_ungroup "$rb_run"
exit 0
