# Settings of the system: switches of the network first. The kernel sets others where forwarding is switched on, LXD and Incus `accept_ra`.
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
  # In a container these are the machine's own. Some the kernel sets by itself.
  systemd-detect-virt --quiet --container || find /proc/sys/vm /proc/sys/kernel /proc/sys/fs /proc/sys/fs/inotify -maxdepth 1 -type f -perm -600 ! -name ns_last_pid \
    ! -name tainted ! -name 'perf_*' -exec grep -Hs '' {} +
} | tr '\t' ' ' | while IFS=: read -r name value; do printf 'setting\t%s\t%s\n' "${name#/proc/sys/}" "$value"; done
printf 'setting\thost name\t%s\n' "$(cat /proc/sys/kernel/hostname)"
printf 'setting\tname servers\t%s\n' "$(sed -n 's/[[:space:]]*$//; /^[a-z]/p' /etc/resolv.conf 2>/dev/null | cksum)"
