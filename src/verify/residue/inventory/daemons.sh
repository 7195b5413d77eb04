# Docker keeps its networks and the names of images in files that change by themselves. Asking a daemon that does not run would start it.
if systemctl is-active --quiet docker; then
  docker network ls --format '{{.Driver}} {{.Name}}' | while read -r driver name; do printf 'network\tDocker network %s\t%s\n' "$name" "$driver"; done
  # Without their ids: an image that is built has another one each time.
  docker image ls --format '{{.Repository}}:{{.Tag}}' | sed '/<none>/d' | while read -r name; do printf 'setting\tDocker image %s\t\n' "$name"; done
fi
# LXD and Incus keep their settings in databases.
for tool in lxc:lxd incus:incus; do
  program=${tool%:*} daemon=${tool#*:}
  systemctl is-active --quiet "$daemon.service" || continue
  "$program" config show 2>/dev/null | sed -n 's/^  \([^ :]*\): .*/\1 &/p' | while read -r name value; do printf 'setting\t%s %s\t%s\n' "$daemon" "$name" "$value"; done
  for list in project 'config trust' 'image alias'; do
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
