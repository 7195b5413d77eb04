# Stands between the runner and the shell of a target: hands commands on, ends steps, and ends everything when the
# line to the runner is lost. Runs in bash, or in sh where there is no bash. Before it, the runner has sent
# `ending.sh`, `lock.sh` and the variables rb_nonce, rb_kind (bash or sh), rb_run, rb_worker (the worker's text).
# It reads lines from its stdin, and writes frames to its stdout: \036 nonce, kind, words, \037 (see protocol.ts).
# The nonce is in no environment and on no command line: workers read it from their stdin.
# Descriptors: 3 and 4 are the line's stdout and stderr, 5 leads to the worker, 8 is the host's lock.

LC_ALL=C

rb_frame() { printf '\036%s %s\037' "$rb_nonce" "$*" >&3; }

# rb_take LENGTH: reads a text into rb_text. rb_hand: gives it to the worker.
if [ "$rb_kind" = bash ]; then
  rb_take() { IFS= read -r -N "$1" rb_text; }
  rb_hand() { printf '%s\n%s' "${#rb_text}" "$rb_text" >&5; }
else
  rb_take() { IFS= read -r rb_text; }
  # In its last line, a comment, any IFS lets the rest be.
  rb_hand() { printf '%s\\n##\n' "$rb_text" >&5; }
fi

# rb_home: sets rb_home and rb_user to the folder and name of the user that this shell runs as.
rb_home() {
  [ "$rb_kind" = bash ] && rb_uid=$EUID || rb_uid=$(id -u)
  rb_home=/ rb_user=$rb_uid
  while IFS=: read -r rb_a rb_b rb_c rb_d rb_e rb_f rb_g; do
    [ "$rb_c" != "$rb_uid" ] || { rb_home=$rb_f rb_user=$rb_a; break; }
  done </etc/passwd
}

# rb_work: the target's shell, leading a session of its own; tells when it has ended, and how. Its stdin is the pipe
# that the supervisor writes to.
rb_work() {
  trap - PIPE
  exec 8>&- 2>/dev/null
  cd "$rb_home" 2>/dev/null || cd /
  rb_setsid=$(command -v setsid) || rb_setsid=
  if [ "$rb_kind" = bash ]; then set -- bash --noprofile --norc -c "$rb_worker"; else set -- sh -c "$rb_worker"; fi
  rb_path=/usr/local/bin:/usr/bin:/bin
  [ "$rb_uid" != 0 ] || rb_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  env -i PATH="$rb_path" HOME="$rb_home" USER="$rb_user" LOGNAME="$rb_user" LANG=C.UTF-8 TERM=dumb \
    DEBIAN_FRONTEND=noninteractive RUNBOOK_RUN="$rb_run" $rb_setsid "$@" 1>&3 2>&4 3>&- 4>&- 5>&-
  rb_status=$?
  printf '\036%s X %s\037' "$rb_nonce" "$rb_started" >&4
  rb_frame X "$rb_started" "$rb_status"
}

# rb_greet: what a new worker reads first: the nonce, and the process in whose /proc folder the pipes are.
rb_greet() {
  rb_self=$$
  [ "$rb_kind" = bash ] || read -r rb_self rb_rest </proc/self/stat || rb_self=0
  printf '%s %s\n' "$rb_nonce" "$rb_self" >&5
} 2>/dev/null

# rb_tidy: the end of a run: what steps left in the background ends, unless it leads a session of its own; the rest
# goes back to the group that it came from.
rb_tidy() {
  for rb_sid in $rb_sessions; do
    # A session without a living process gets none any more, so that it is looked at once.
    rb_pids=$(rb_session "$rb_sid")
    [ -n "$rb_pids" ] || continue
    for rb_p in $rb_pids; do rb_tell_end "$rb_p"; done
    rb_end 10 rb_session "$rb_sid"
  done
  rb_ungroup $rb_groups
}

# rb_tell_left: reports the background processes of steps that the run's end would end: processes in the sessions of
# workers, among those in the steps' control groups or, where there are none, among the worker's children. Steps of which
# something was left are looked at again; no other program runs where nothing was.
rb_tell_left() {
  rb_look="$rb_kept $rb_mark" rb_kept=
  [ -n "$rb_group" ] || rb_look=-
  for rb_m in $rb_look; do
    case " $rb_kept " in *" $rb_m "*) continue ;; esac
    rb_ids=
    if [ -n "$rb_group" ]; then
      while read -r rb_p; do rb_ids="$rb_ids $rb_p"; done <"$rb_group/runbook-$rb_m/cgroup.procs"
    else
      IFS= read -r rb_ids <"/proc/$rb_pid/task/$rb_pid/children" || :
    fi
    for rb_p in $rb_ids; do
      rb_is_left "$rb_p" || continue
      rb_kept="$rb_kept $rb_m"
      rb_tell_end "$rb_p"
    done
  done
} 2>/dev/null

# rb_is_left PID: holds for a process that has not ended and is in a worker's session, but for the worker and the process
# of its own that waits for the next text.
rb_is_left() {
  [ "$1" != "$rb_pid" ] && [ "$1" != "$rb_reader" ] && read -r rb_stat <"/proc/$1/stat" || return 1
  set -- ${rb_stat##*) }
  case $1 in Z* | X*) return 1 ;; esac
  case " $rb_sessions " in *" $4 "*) return 0 ;; esac
  return 1
}

# rb_tell_end PID: reports a step's process that the run's end ends: the step, by its control group or its mark, and the
# command line. A worker that is still there does not count.
rb_tell_end() {
  [ "$1" != "$rb_pid" ] || return 0
  rb_step=
  while IFS= read -r rb_line; do
    case $rb_line in *"/runbook-$rb_run-"*) rb_step=${rb_line##*/runbook-} rb_step=${rb_step%%/*} ;; esac
  done <"/proc/$1/cgroup"
  [ -n "$rb_step" ] || rb_step=$(tr '\0' '\n' <"/proc/$1/environ" | sed -n 's/^RUNBOOK_STEP=//p')
  [ -n "$rb_step" ] || return 0
  rb_frame K "$rb_step" "$1" "$(tr '\0\n' '  ' <"/proc/$1/cmdline" | tr -cd '[:print:]' | cut -c 1-200)"
} 2>/dev/null

# rb_start: starts a new worker. An old worker ends without a frame.
rb_start() {
  [ -z "$rb_pid" ] || kill -s KILL "$rb_pid" 2>/dev/null
  rb_pid= rb_started=$((rb_started + 1))
}

# rb_read: takes the runner's lines. Returns where the line is lost, after `quit`, or after `start` without bash.
rb_read() {
  trap '' PIPE # the worker may have ended
  while IFS= read $rb_wait -r rb_line; do
    set -- $rb_line
    case $1 in
      run) # run LENGTH MARK: a text for the worker, as part of the step MARK
        # Processes of earlier steps are not this step's; those of its earlier attempts are.
        [ "${3%.*}" = "${rb_mark%.*}" ] || {
          rb_old= # the file has no last line feed
          IFS= read -r rb_old </proc/"$rb_pid"/task/"$rb_pid"/children
        } 2>/dev/null
        rb_mark=$3
        rb_take "$2"
        if [ -n "$rb_group" ] && [ -n "$rb_pid" ]; then
          rb_g=$rb_group/runbook-$rb_mark
          [ -d "$rb_g" ] || mkdir "$rb_g" 2>/dev/null
          case " $rb_groups " in *" $rb_mark "*) ;; *) rb_groups="$rb_groups $rb_mark" ;; esac
          echo "$rb_pid" >"$rb_g/cgroup.procs" 2>/dev/null
        fi
        rb_hand 2>/dev/null
        ;;
      groups) # groups NAME...: the control groups of steps to come
        [ -z "$rb_group" ] || {
          shift
          rb_made=
          for rb_g in "$@"; do rb_made="$rb_made $rb_group/runbook-$rb_g"; done
          rb_groups="$rb_groups $*"
          mkdir -p $rb_made 2>/dev/null
        }
        ;;
      worker) # worker PID: the process that the worker's texts run in
        rb_pid=$2
        rb_sessions="$rb_sessions $2"
        ;;
      left) # left READER: tells what is in the background
        rb_reader=$2
        rb_tell_left
        rb_frame A
        ;;
      idle) rb_mark= ;; # the step is over, and journalled
      end) # end GRACE: ends all that the step in hand started, and the worker with it
        rb_g=
        [ -z "$rb_group" ] || rb_g=$rb_group/runbook-$rb_mark
        rb_end "$2" rb_members "$rb_mark" "$rb_pid" "$rb_g"
        rb_frame E
        ;;
      start) # a new worker
        rb_start
        if [ "$rb_kind" = bash ]; then
          exec 5>&-
          eval 'exec 5> >(rb_work)' # another shell would not even read it
          rb_greet
        else
          { exec 5>&1 1>&3; rb_greet; rb_read; } | rb_work
          return 0
        fi
        ;;
      lock) rb_lock "${rb_line#lock }" ;; # lock WORDS: holds the host, or tells who does
      unlock) rb_unlock ;;
      kill) kill -s KILL "$2" 2>/dev/null ;; # kill PID: a supervisor before this one, whose line is lost
      beat) ;;
      quit)
        rb_mark=
        rb_tidy
        rb_frame Q
        return 0
        ;;
    esac
  done
  # The line is lost: the runner can't be told of this step's end.
  exec 3>/dev/null 4>/dev/null
  rb_g=
  [ -z "$rb_group" ] || rb_g=$rb_group/runbook-$rb_mark
  [ -z "$rb_mark" ] || rb_end 20 rb_members "$rb_mark" "$rb_pid" "$rb_g"
  rb_tidy
}

# rb_main: takes the runner's lines from here on.
rb_main() {
  rb_pid= rb_mark= rb_sessions= rb_old= rb_started=0 rb_groups= rb_kept=
  rb_home
  rb_group
  rb_frame R "$rb_kind" "$$" "${rb_group:-none}"
  rb_read
}

# Workers open the line's streams by name, as pages do with /dev/stdout: not possible for a socket, nor for a pipe of
# another user's. A pipe is put in front of such a stream. Where there is no /proc, nobody opens them.
rb_named() { [ ! -e "/proc/self/fd/$1" ] || { [ -p "/proc/self/fd/$1" ] && [ -w "/proc/self/fd/$1" ]; }; }

if [ "$rb_kind" = bash ]; then
  exec 3>&1 4>&2
  rb_named 3 || eval 'exec 3> >(exec cat)'
  rb_named 4 || eval 'exec 4> >(exec cat >&2)'
  rb_main
elif rb_named 1 && rb_named 2; then
  exec 3>&1 4>&2
  rb_main
else
  { { rb_main 3>&7 4>&1 7>&-; } | cat >&2; } 7>&1 | cat
fi
exit 0
