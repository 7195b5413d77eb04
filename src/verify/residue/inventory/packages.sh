# Packages, and what dpkg does otherwise than by default.
dpkg-query --show --showformat 'package\t${Package}:${Architecture}\t${Version} ${db:Status-Status} ${db:Status-Want}\n'
dpkg --print-foreign-architectures | while read -r name; do printf 'setting\tforeign architecture %s\t\n' "$name"; done
{ dpkg-divert --list; dpkg-statoverride --list | sed 's/^/permissions set by hand: /'; } | while read -r line; do printf 'setting\tdpkg: %s\t\n' "$line"; done
