# Ends what a step started. Read by the supervisor and by the sweep after a dead run, in any POSIX shell.
# A step's processes are found in three ways, since each misses some: its control group (misses what another
# program moved, such as lxc-attach's child), its mark in the environment (misses `env -i`), and descent
# (misses orphans).

# rb_group: sets rb_group to a folder of a control group hierarchy in which this shell may make groups, or ''.
rb_group() {
  rb_group=
  [ "$(id -u)" = 0 ] || return 0
  while IFS=: read -r rb_n rb_names rb_path; do
    case $rb_n:$rb_names in
      0:) if [ -e /sys/fs/cgroup/cgroup.procs ]; then rb_dir=/sys/fs/cgroup; else rb_dir=/sys/fs/cgroup/unified; fi ;;
      *:freezer) rb_dir=/sys/fs/cgroup/freezer ;;
      *:name=systemd) rb_dir=/sys/fs/cgroup/systemd ;;
      *) continue ;;
    esac
    case $rb_path in *..*) continue ;; esac
    rb_dir=$rb_dir${rb_path%/}
    if [ -w "$rb_dir/cgroup.procs" ] && mkdir "$rb_dir/runbook-try-$$" 2>/dev/null; then
      rmdir "$rb_dir/runbook-try-$$" 2>/dev/null
      rb_group=$rb_dir
      return 0
    fi
  done </proc/self/cgroup
}

# rb_members MARK PID GROUP: prints the ids of the processes of a step; PID and GROUP may be empty.
rb_members() {
  {
    [ -z "$3" ] || cat "$3/cgroup.procs" 2>/dev/null
    [ -z "$1" ] || grep -lzsxF "RUNBOOK_STEP=$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
    [ -z "$2" ] || rb_descent "$2"
  } | sort -un | while read -r rb_pid; do
    [ "$rb_pid" = "$$" ] || rb_zombie "$rb_pid" || echo "$rb_pid"
  done
}

# rb_zombie PID: holds for a process that has ended and only waits for its parent, and for one that is gone.
rb_zombie() {
  { read -r rb_stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  case ${rb_stat##*) } in Z* | X*) return 0 ;; esac
  return 1
}

# rb_descent PID: prints PID and all that descends from it.
rb_descent() {
  rb_all=" $1 "
  rb_more=1
  while [ -n "$rb_more" ]; do
    rb_more=
    for rb_f in /proc/[0-9]*/stat; do
      { read -r rb_stat <"$rb_f"; } 2>/dev/null || continue
      rb_id=${rb_f#/proc/}
      rb_id=${rb_id%/stat}
      rb_stat=${rb_stat##*) }
      rb_stat=${rb_stat#? }
      case $rb_all in *" $rb_id "*) continue ;; esac
      case $rb_all in *" ${rb_stat%% *} "*)
        rb_all="$rb_all$rb_id "
        rb_more=1
        ;;
      esac
    done
  done
  for rb_id in $rb_all; do echo "$rb_id"; done
}

# rb_session SID: prints the ids of the processes of a session, its leader last.
rb_session() {
  for rb_f in /proc/[0-9]*/stat; do
    { read -r rb_stat <"$rb_f"; } 2>/dev/null || continue
    rb_id=${rb_f#/proc/}
    rb_id=${rb_id%/stat}
    rb_stat=${rb_stat##*) }
    set -- "$1" $rb_stat
    [ "$5" = "$1" ] && [ "$rb_id" != "$1" ] && [ "$2" != Z ] && echo "$rb_id"
  done
  rb_zombie "$1" || echo "$1"
}

# rb_end GRACE COMMAND ARG...: asks the processes that COMMAND prints to end, and kills what is left after
# GRACE tenths of a second, until COMMAND prints none.
rb_end() {
  rb_grace=$1
  shift
  rb_pids=$("$@")
  [ -n "$rb_pids" ] || return 0
  if [ "$rb_grace" -gt 0 ]; then
    kill -s TERM $rb_pids 2>/dev/null
    kill -s CONT $rb_pids 2>/dev/null
    while [ "$rb_grace" -gt 0 ]; do
      sleep 0.1
      rb_pids=$("$@")
      [ -n "$rb_pids" ] || return 0
      rb_grace=$((rb_grace - 1))
    done
  fi
  rb_tries=0
  while [ -n "$rb_pids" ] && [ "$rb_tries" -lt 100 ]; do
    kill -s KILL $rb_pids 2>/dev/null
    sleep 0.02
    rb_pids=$("$@")
    rb_tries=$((rb_tries + 1))
  done
}
