# Interfaces, addresses, routes and forwarding.
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
# Of IPsec the digest: a state holds keys.
for list in policy state; do
  ip -oneline xfrm $list 2>/dev/null | while read -r _ from _ to rest; do printf 'network\txfrm %s src %s dst %s\t%s\n' "$list" "$from" "$to" "$(echo "$rest" | cksum)"; done
done
if command -v ipset >/dev/null; then ipset list -name | while read -r name; do printf 'firewall\tipset %s\t\n' "$name"; done; fi
