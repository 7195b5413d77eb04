# Ends what a step started. Read by the supervisor and by the sweep after a dead run, in any POSIX shell.
# A step's processes are found in three ways, since each misses some: its control group (misses what another
# program moved, such as lxc-attach's child), its mark in the environment (misses `env -i`), and descent
# (misses orphans).

# rb_group: sets rb_group to a folder of a control group hierarchy in which this shell may make groups, or ''.
rb_group() {
  rb_group=
  [ "${rb_uid:-$(id -u)}" = 0 ] || return 0
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
  [ -e /proc/self/stat ] || { rb_alone "$2"; return 0; }
  {
    [ -z "$3" ] || cat "$3/cgroup.procs" 2>/dev/null
    [ -z "$1" ] || grep -lzsxF "RUNBOOK_STEP=$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
    [ -z "$2" ] || rb_descent "$2"
  } | sort -un | while read -r rb_pid; do
    [ "$rb_pid" = "$$" ] || rb_zombie "$rb_pid" || echo "$rb_pid"
  done
}

# rb_alone PID: what stands for the processes of a session where there is no /proc: the process group of its leader, in
# which all are that made none of their own, or the leader where it could make none.
rb_alone() {
  [ -n "$1" ] || return 0
  for rb_p in "-$1" "$1"; do
    if kill -0 "$rb_p" 2>/dev/null; then
      echo "$rb_p"
      return 0
    fi
  done
}

# rb_zombie PID: holds for a process that has ended and only waits for its parent, and for one that is gone.
rb_zombie() {
  { read -r rb_stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  case ${rb_stat##*) } in Z* | X*) return 0 ;; esac
  return 1
}

# rb_stats: prints the line of every process in /proc. One look for all: a shell that reads the files one by one needs
# longer than what it looks for may live. Behind the name, which may hold anything, stand state, parent, group, session.
rb_stats() { cat /proc/[0-9]*/stat 2>/dev/null; }

# rb_descent PID: prints PID and all that descends from it, but not by way of the processes in rb_old.
rb_descent() {
  rb_stats | awk -v root="$1" -v old="${rb_old-}" '
    BEGIN { count = split(old, list, " "); for (i = 1; i <= count; i++) skip[list[i]] = 1 }
    { pid = $1; sub(/^.*\) /, "") }
    !(pid in skip) { parent[pid] = $2 }
    END {
      inside[root] = 1
      do {
        more = 0
        for (pid in parent) if (!(pid in inside) && (parent[pid] in inside)) { inside[pid] = 1; more = 1 }
      } while (more)
      for (pid in inside) print pid
    }'
}

# rb_session SID: prints the ids of the processes of a session that have not ended, its leader last.
rb_session() {
  [ -e /proc/self/stat ] || { rb_alone "$1"; return 0; }
  rb_stats | awk -v leader="$1" '
    { pid = $1; sub(/^.*\) /, "") }
    $1 ~ /[ZX]/ || $4 != leader { next }
    pid == leader { found = 1; next }
    { print pid }
    END { if (found) print leader }'
}

# rb_clock: sets rb_now to hundredths of a second since the machine's start, or '' where that can't be read.
rb_clock() {
  rb_now=
  read -r rb_now rb_rest </proc/uptime && rb_now=1${rb_now%.*}${rb_now#*.}
} 2>/dev/null

# rb_end GRACE COMMAND ARG...: asks the processes that COMMAND prints to end, and kills what is left after
# GRACE tenths of a second, until COMMAND prints none.
rb_end() {
  rb_grace=$1
  shift
  rb_pids=$("$@")
  [ -n "$rb_pids" ] || return 0
  if [ "$rb_grace" -gt 0 ]; then
    kill -TERM $rb_pids 2>/dev/null
    kill -CONT $rb_pids 2>/dev/null
    rb_clock
    rb_until=${rb_now:+$((rb_now + 10 * rb_grace))}
    while [ "$rb_grace" -gt 0 ]; do
      sleep 0.1
      rb_pids=$("$@")
      [ -n "$rb_pids" ] || return 0
      rb_grace=$((rb_grace - 1))
      # On a busy machine each look takes long, and the runner waits for the end.
      rb_clock
      [ -z "$rb_now" ] || [ "$rb_now" -lt "$rb_until" ] || rb_grace=0
    done
  fi
  rb_tries=0
  while [ -n "$rb_pids" ] && [ "$rb_tries" -lt 100 ]; do
    kill -KILL $rb_pids 2>/dev/null
    sleep 0.02
    rb_pids=$("$@")
    rb_tries=$((rb_tries + 1))
  done
}

# rb_ungroup MARK...: puts what lives on in the control groups of steps back where it came from, and removes them.
rb_ungroup() {
  [ -n "$rb_group" ] && [ "$#" -gt 0 ] || return 0
  rb_gone=
  for rb_m in "$@"; do
    rb_g=$rb_group/runbook-$rb_m
    [ -d "$rb_g" ] || continue
    rb_gone="$rb_gone $rb_g"
    while read -r rb_id; do echo "$rb_id" >"$rb_group/cgroup.procs"; done <"$rb_g/cgroup.procs" 2>/dev/null
  done
  [ -z "$rb_gone" ] || rmdir $rb_gone 2>/dev/null # one process for all
}
