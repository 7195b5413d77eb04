# Prints what a host has, a line each: kind, name and state, separated by tabs. Counters, times and process ids are left
# out, since they say nothing about what is there. A service that ran once and ended is as good as one that never ran, so
# of units only those that run, failed, or start at boot are told. Of those that systemd starts when somebody asks, by a socket, a
# name on the bus, a timer or an access to a folder, it says nothing whether they run now: they are told where the file that says so
# is gone. What is mounted on access is told by the place that waits for it.
export LC_ALL=C
tab=$(printf '\t')
{
dpkg-query --show --showformat 'package\t${Package}:${Architecture}\t${Version} ${db:Status-Status}\n'
systemctl list-unit-files --no-legend --no-pager --plain | while read -r name state _; do
  case $state in enabled | enabled-runtime | masked | masked-runtime | linked | linked-runtime) printf 'unit\t%s (at boot)\t%s\n' "$name" "$state" ;; esac
done
on_demand=$(systemctl list-units --all --no-legend --no-pager --plain --type=service,mount | while read -r name _; do printf '%s\n' "$name"; done |
  xargs systemctl show --property=Id,TriggeredBy,BusName,UnitFileState -- | awk '
    function tell() { if (asked && file) printf "%s ", id; asked = file = 0 }
    /^$/ { tell() }
    /^Id=/ { id = substr($0, 4) }
    /^(TriggeredBy|BusName)=./ { asked = 1 }
    /^UnitFileState=(static|indirect|disabled)$/ { file = 1 }
    END { tell() }')
# Docker names a container's network by a number that is another one at each start.
systemctl list-units --all --no-legend --no-pager --plain --type=service,socket,timer,path,mount,automount,swap | sed 's/^\(run-docker-netns-\)[0-9a-f]\{12\}/\1N/' | while read -r name _ active sub _; do
  case " $on_demand" in *" $name "*) [ "$active" = failed ] || continue ;; esac
  case $active/$sub in active/exited) ;; active/* | activating/* | failed/*) printf 'unit\t%s\t%s\n' "$name" "$active" ;; esac
done
for table in passwd group; do
  getent "$table" | while IFS=: read -r name _ rest; do printf 'user\t%s %s\t%s\n' "$table" "$name" "$rest"; done
done
# The machine's end of a container's line has another name each time; that of a user's container has the user's id in it.
ip -brief link | sed 's/^veth\([0-9]\{1,10\}_\)\{0,1\}[A-Za-z0-9]\{4,8\}@/veth@/' | while read -r name _; do printf 'network\tinterface %s\t\n' "${name%@*}"; done
ip -4 -oneline address | while read -r _ device _ address _; do printf 'network\taddress %s\t%s\n' "$address" "$device"; done
ip -4 route | sed 's/ *$//; s/ linkdown//' | while read -r route; do printf 'network\troute %s\t\n' "$route"; done
for name in ip_forward conf.all.forwarding; do
  printf 'network\tnet.ipv4.%s\t%s\n' "$name" "$(cat "/proc/sys/net/ipv4/$(echo "$name" | tr . /)")"
done
if command -v nft >/dev/null; then
  nft list ruleset 2>/dev/null | sed 's/packets [0-9]* bytes [0-9]*//; s/ # handle.*//' | awk -v tab="$tab" '
    /^table/ { table = $2 " " $3; chain = ""; print "firewall" tab "table " table tab; next }
    /^\t(chain|set|map) / { chain = $1 " " $2; print "firewall" tab table " " chain tab; next }
    /^\t\t/ { gsub(/^[\t ]+|[\t ]+$/, ""); gsub(/\t/, " "); print "firewall" tab table " " chain ": " $0 tab }'
fi
for save in iptables-legacy-save ip6tables-legacy-save; do
  if command -v "$save" >/dev/null; then
    "$save" 2>/dev/null | sed 's/\[[0-9:]*\]//' | grep '^-A' | while read -r rule; do printf 'firewall\t%s: %s\t\n' "$save" "$rule"; done
  fi
done
waiting=
while read -r source target type _; do
  case " $waiting" in *" $target "*) continue ;; esac
  if [ "$type" = autofs ]; then waiting="$waiting$target "; fi
  case $target in /run/user/* | /run/credentials/*) ;; *) printf 'mount\t%s\t%s\n' "$target" "$type" ;; esac
done <<EOF
$(sed 's|\(/run/docker/netns/\)[0-9a-f]\{12\}|\1N|' /proc/self/mounts)
EOF
# lxc.pivot is where LXC's own processes rest, empty as soon as none runs.
find /sys/fs/cgroup -depth -name 'lxc.*' ! -name lxc.pivot -type d 2>/dev/null | sed 's|^/sys/fs/cgroup/||' | while read -r name; do printf 'mount\tcontrol group %s\t\n' "$name"; done
# Docker keeps its networks in a database. Asking a daemon that does not run would start it.
if systemctl is-active --quiet docker; then
  docker network ls --format '{{.Driver}} {{.Name}}' | while read -r driver name; do printf 'network\tDocker network %s\t%s\n' "$name" "$driver"; done
fi
printf 'end\t\t\n'
# Docker names the bridge of a network by a number that is another one for each network that is made.
} | sed 's/\bbr-[0-9a-f]\{12\}\b/br-N/g'
