# Units. A service that ran once and ended is as good as one that never ran, so only those are told that run, failed, or start at boot.
# Of those that systemd starts when somebody asks, by a socket, a name on the bus, a timer, an access to a folder or a device that
# comes, it says nothing whether they run now: they are told where the file that says so is gone.
systemctl list-unit-files --no-legend --no-pager --plain | while read -r name state _; do
  case $state in enabled | enabled-runtime | masked | masked-runtime | linked | linked-runtime) printf 'unit\t%s (at boot)\t%s\n' "$name" "$state" ;; esac
done
on_demand=$(systemctl list-units --all --no-legend --no-pager --plain --type=service,socket,mount | while read -r name _; do printf '%s\n' "$name"; done |
  xargs systemctl show --property=Id,TriggeredBy,BusName,WantedBy,UnitFileState -- | awk '
    function tell() { if (asked && file) printf "%s ", id; asked = file = 0 }
    /^$/ { tell() }
    /^Id=/ { id = substr($0, 4) }
    /^(TriggeredBy|BusName)=./ { asked = 1 }
    /^WantedBy=[^ ]+[.]device( [^ ]+[.]device)*$/ { asked = 1 }
    /^UnitFileState=(static|indirect|disabled)$/ { file = 1 }
    END { tell() }')
# Docker names a container's network by a number that is another one at each start.
systemctl list-units --all --no-legend --no-pager --plain --type=service,socket,timer,path,mount,automount,swap | sed 's/^\(run-docker-netns-\)[0-9a-f]\{12\}/\1N/' | while read -r name _ active sub _; do
  case " $on_demand" in *" $name "*) [ "$active" = failed ] || continue ;; esac
  case $active/$sub in active/exited) ;; active/* | activating/* | failed/*) printf 'unit\t%s\t%s\n' "$name" "$active" ;; esac
done
# Processes that no unit started, but systemd was asked to hold, as libvirt's machines, which it counts. Docker's have files.
systemctl list-units --no-legend --no-pager --plain --type=scope | sed 's/^\(machine-qemu\\x2d\)[0-9]*/\1N/' | while read -r name _; do
  case $name in init.scope | session-* | docker-*) ;; *) printf 'unit\t%s\t\n' "$name" ;; esac
done
# Units until the next start.
find /run/systemd/system /run/systemd/system.control ! -type d 2>/dev/null | while read -r name; do printf 'unit\tfile %s\t\n' "$name"; done
# What a step left running in no unit: systemd has it for a parent, and it is where the steps' shells are. GnuPG's helpers end by themselves.
place() { sed -n 's/^[0-9]*:name=systemd:/a /p; s/^0::/b /p' "$1" 2>/dev/null | sort | sed -n 1p; }
here=$(place /proc/self/cgroup)
[ -d /run/systemd/system ] && grep -s '^PPid:[[:space:]]*1$' /proc/[0-9]*/status | while IFS=/ read -r _ _ id _; do
  [ "$(place "/proc/$id/cgroup")" = "$here" ] && read -r name 2>/dev/null <"/proc/$id/comm" || continue
  case $name in gpg-agent | dirmngr | keyboxd | scdaemon) ;; *) printf 'unit\tno unit: process %s\t\n' "$name" ;; esac
done
