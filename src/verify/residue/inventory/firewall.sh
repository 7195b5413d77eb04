# Firewall rules.
tab=$(printf '\t')
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
