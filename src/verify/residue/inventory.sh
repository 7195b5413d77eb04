# Prints what a host has, a line each: kind, name and state, separated by tabs. Counters, times and process ids are left
# out, since they say nothing about what is there. A service that ran once and ended is as good as one that never ran, so
# of units only those that run, failed, or start at boot are told. Of those that systemd starts when somebody asks, by a socket, a
# name on the bus, a timer, an access to a folder or a device that comes, it says nothing whether they run now: they are told where the
# file that says so is gone. What is mounted on access is told by the place that waits for it.
export LC_ALL=C
tab=$(printf '\t')
{
dpkg-query --show --showformat 'package\t${Package}:${Architecture}\t${Version} ${db:Status-Status} ${db:Status-Want}\n'
dpkg --print-foreign-architectures | while read -r name; do printf 'setting\tforeign architecture %s\t\n' "$name"; done
{ dpkg-divert --list; dpkg-statoverride --list | sed 's/^/permissions set by hand: /'; } | while read -r line; do printf 'setting\tdpkg: %s\t\n' "$line"; done
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
# Units until the next start.
find /run/systemd/system /run/systemd/system.control ! -type d 2>/dev/null | while read -r name; do printf 'unit\tfile %s\t\n' "$name"; done
# What a step left running in no unit: systemd has it for a parent, and it is where the steps' shells are. GnuPG's helpers end by themselves.
place() { sed -n 's/^[0-9]*:name=systemd:/a /p; s/^0::/b /p' "$1" 2>/dev/null | sort | sed -n 1p; }
here=$(place /proc/self/cgroup)
[ -d /run/systemd/system ] && grep -s '^PPid:[[:space:]]*1$' /proc/[0-9]*/status | while IFS=/ read -r _ _ id _; do
  [ "$(place "/proc/$id/cgroup")" = "$here" ] && read -r name 2>/dev/null <"/proc/$id/comm" || continue
  case $name in gpg-agent | dirmngr | keyboxd | scdaemon) ;; *) printf 'unit\tno unit: process %s\t\n' "$name" ;; esac
done
for table in passwd group; do
  getent "$table" | while IFS=: read -r name _ rest; do printf 'user\t%s %s\t%s\n' "$table" "$name" "$rest"; done
done
# A password that is locked says nothing. Where a user has one, its digest is compared, and never told; an empty one lets anybody in.
getent shadow | while IFS=: read -r name secret _ ages; do
  case $ages in 0:99999:7::: | :::::) ;; *) printf 'user\tages of the password of %s\t%s\n' "$name" "$ages" ;; esac
  case $secret in ['!*']*) ;; *) printf 'user\tpassword of %s\t%s\n' "$name" "$(printf %s "$secret" | cksum)" ;; esac
done
# The machine's end of a container's line has another name each time; that of a user's container has the user's id in it.
ip -oneline link | sed 's/^[0-9]*: //; s/^veth\([0-9]\{1,10\}_\)\{0,1\}[A-Za-z0-9]\{4,8\}@/veth@/' | awk '{
  name = $1; sub(/(@.*)?:$/, "", name)
  state = $2 ~ /[<,]UP[,>]/ ? "up" : "down"
  for (i = 3; i < NF; i++) if ($i ~ /^(mtu|master|alias)$/) state = state " " $i " " $(i + 1)
  printf "network\tinterface %s\t%s\n", name, name == "veth" ? "" : state
}'
tc qdisc show 2>/dev/null | awk '$3 != "0:" { print $2, $5 }' | sed 's/ veth[A-Za-z0-9_]*$/ veth/' | while read -r name device; do printf 'network\tqueue %s of %s\t\n' "$name" "$device"; done
{ ip neighbour show nud permanent; ip neighbour show proxy; ip -6 neighbour show proxy; } | sed 's/ *$//' | while read -r name; do printf 'network\tneighbour %s\t\n' "$name"; done
ip -4 -oneline address | while read -r _ device _ address _; do printf 'network\taddress %s\t%s\n' "$address" "$device"; done
ip -4 route | sed 's/ *$//; s/ linkdown//' | while read -r route; do printf 'network\troute %s\t\n' "$route"; done
# Addresses and routes that a router's advertisement gave come and go by themselves, and each card gives itself one of its own.
ip -6 -oneline address show permanent scope global | while read -r _ device _ address _; do printf 'network\taddress %s\t%s\n' "$address" "$device"; done
ip -6 route | sed '/ proto ra/d; / expires /d; /^fe80:/d; /^ff00:/d; s/ *$//; s/ linkdown//' | while read -r route; do printf 'network\troute %s\t\n' "$route"; done
for family in 4 6; do
  ip -"$family" route show table all | sed '/ table /!d; / table local /d; / proto ra/d; / expires /d; s/ *$//; s/ linkdown//' | while read -r route; do printf 'network\troute %s\t\n' "$route"; done
  ip -"$family" rule | while read -r rule; do printf 'network\tIPv%s rule %s\t\n' "$family" "$rule"; done
done
for name in ipv4.ip_forward ipv4.conf.all.forwarding ipv6.conf.all.forwarding; do
  file=/proc/sys/net/$(echo "$name" | tr . /)
  if [ -e "$file" ]; then printf 'network\tnet.%s\t%s\n' "$name" "$(cat "$file")"; fi
done
# Switches of the network. The kernel sets others where forwarding is switched on, LXD and Incus `accept_ra`.
uplink=$(ip -4 route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p' | sed -n 1p)
{
  find /proc/sys/net/ipv4 -maxdepth 1 -type f -perm -600 ! -name ip_forward ! -name '*_mem' ! -name 'tcp_a*_congestion_control' ! -name tcp_fastopen_key -exec grep -Hs '' {} +
  for device in all default lo $uplink; do
    for name in rp_filter arp_ignore arp_announce arp_filter proxy_arp route_localnet log_martians send_redirects accept_source_route; do
      grep -Hs '' "/proc/sys/net/ipv4/conf/$device/$name"
    done
  done
  for device in all default; do
    for name in disable_ipv6 proxy_ndp use_tempaddr; do grep -Hs '' "/proc/sys/net/ipv6/conf/$device/$name"; done
  done
  # In a container these are the machine's own.
  systemd-detect-virt --quiet --container || grep -Hs '' /proc/sys/vm/nr_hugepages /proc/sys/vm/overcommit_memory /proc/sys/vm/swappiness
} | tr '\t' ' ' | while IFS=: read -r name value; do printf 'setting\t%s\t%s\n' "${name#/proc/sys/}" "$value"; done
printf 'setting\thost name\t%s\n' "$(cat /proc/sys/kernel/hostname)"
printf 'setting\tname servers\t%s\n' "$(sed -n 's/[[:space:]]*$//; /^[a-z]/p' /etc/resolv.conf 2>/dev/null | cksum)"
if command -v nft >/dev/null; then
  nft list ruleset 2>/dev/null | sed 's/packets [0-9]* bytes [0-9]*//; s/ # handle.*//' | awk -v tab="$tab" '
    /^table/ { table = $2 " " $3; chain = ""; print "firewall" tab "table " table tab; next }
    /^\t(chain|set|map) / { chain = $1 " " $2; print "firewall" tab table " " chain tab; next }
    /^\t\t/ { gsub(/^[\t ]+|[\t ]+$/, ""); gsub(/\t/, " "); print "firewall" tab table " " chain ": " $0 tab }'
fi
for save in iptables-legacy-save ip6tables-legacy-save; do
  if command -v "$save" >/dev/null; then
    "$save" 2>/dev/null | sed 's/ *\[[0-9:]*\]//; s/^:\(.*\) DROP$/-P \1 DROP/' | grep '^-[AP]' | while read -r rule; do printf 'firewall\t%s: %s\t\n' "$save" "$rule"; done
  fi
done
waiting=
while read -r source target type options _; do
  case " $waiting" in *" $target "*) continue ;; esac
  if [ "$type" = autofs ]; then waiting="$waiting$target "; fi
  flags=
  for flag in ro nosuid nodev noexec; do case ",$options," in *",$flag,"*) flags="$flags $flag" ;; esac; done
  case $target in /run/user/* | /run/credentials/*) ;; *) printf 'mount\t%s\t%s\n' "$target" "$type$flags" ;; esac
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
