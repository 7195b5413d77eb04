# What is mounted; on access, it is told by the place that waits for it. And control groups.
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
