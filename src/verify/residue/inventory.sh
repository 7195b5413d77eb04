# Prints what a host has, a line each: kind, name and state, separated by tabs. Counters, times and process ids are left
# out, since they say nothing about what is there. A service that ran once and ended is as good as one that never ran, so
# of units only those that run, failed, or start at boot are told. Of those that systemd starts when somebody asks, by a socket, a
# name on the bus, a timer, an access to a folder or a device that comes, it says nothing whether they run now: they are told where the
# file that says so is gone. What is mounted on access is told by the place that waits for it.
export LC_ALL=C
tab=$(printf '\t')
{
dpkg-query --show --showformat 'package\t${Package}:${Architecture}\t${Version} ${db:Status-Status}\n'
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
for table in passwd group; do
  getent "$table" | while IFS=: read -r name _ rest; do printf 'user\t%s %s\t%s\n' "$table" "$name" "$rest"; done
done
# A password that is locked says nothing. Where a user has one, its digest is compared, and never told.
getent shadow | while IFS=: read -r name secret _; do
  case $secret in '' | ['!*']*) ;; *) printf 'user\tpassword of %s\t%s\n' "$name" "$(printf %s "$secret" | cksum)" ;; esac
done
# The machine's end of a container's line has another name each time; that of a user's container has the user's id in it.
ip -brief link | sed 's/^veth\([0-9]\{1,10\}_\)\{0,1\}[A-Za-z0-9]\{4,8\}@/veth@/' | while read -r name _; do printf 'network\tinterface %s\t\n' "${name%@*}"; done
ip -4 -oneline address | while read -r _ device _ address _; do printf 'network\taddress %s\t%s\n' "$address" "$device"; done
ip -4 route | sed 's/ *$//; s/ linkdown//' | while read -r route; do printf 'network\troute %s\t\n' "$route"; done
# Addresses and routes that a router's advertisement gave come and go by themselves, and each card gives itself one of its own.
ip -6 -oneline address show permanent scope global | while read -r _ device _ address _; do printf 'network\taddress %s\t%s\n' "$address" "$device"; done
ip -6 route | sed '/ proto ra/d; / expires /d; /^fe80:/d; /^ff00:/d; s/ *$//; s/ linkdown//' | while read -r route; do printf 'network\troute %s\t\n' "$route"; done
for family in 4 6; do
  ip -"$family" rule | while read -r rule; do printf 'network\tIPv%s rule %s\t\n' "$family" "$rule"; done
done
for name in ipv4.ip_forward ipv4.conf.all.forwarding ipv6.conf.all.forwarding; do
  file=/proc/sys/net/$(echo "$name" | tr . /)
  if [ -e "$file" ]; then printf 'network\tnet.%s\t%s\n' "$name" "$(cat "$file")"; fi
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
# LXD and Incus keep their settings in databases.
for tool in lxc:lxd incus:incus; do
  program=${tool%:*} daemon=${tool#*:}
  systemctl is-active --quiet "$daemon.service" || continue
  "$program" config show 2>/dev/null | sed -n 's/^  \([^ :]*\): .*/\1 &/p' | while read -r name value; do printf 'setting\t%s %s\t%s\n' "$daemon" "$name" "$value"; done
  for list in project 'config trust'; do
    # shellcheck disable=SC2086 # two words
    "$program" $list list --format csv 2>/dev/null | sed 's/,.*//; s/ (current)$//' | while read -r name; do
      [ -z "$name" ] || printf 'setting\t%s %s %s\t\n' "$daemon" "$list" "$name"
    done
  done
  "$program" profile list --format csv 2>/dev/null | sed 's/,.*//' | while read -r name; do
    "$program" profile show "$name" </dev/null | sed '/^used_by:/,/^[^- ]/{/^used_by:/d;/^- /d}' | cksum | while read -r digest _; do
      printf 'setting\t%s profile %s\t%s\n' "$daemon" "$name" "$digest"
    done
  done
done
printf 'end\t\t\n'
# Docker names the bridge of a network by a number that is another one for each network that is made.
} | sed 's/\bbr-[0-9a-f]\{12\}\b/br-N/g'
