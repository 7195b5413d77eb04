# Users, groups and passwords.
for table in passwd group; do
  getent "$table" | while IFS=: read -r name _ rest; do printf 'user\t%s %s\t%s\n' "$table" "$name" "$rest"; done
done
stat --printf 'user\tpermissions of %n\t%a %U:%G\n' /etc/passwd /etc/group /etc/shadow /etc/gshadow
# A password that is locked says nothing. Where a user has one, its digest is compared, and never told; an empty one lets anybody in.
getent shadow | while IFS=: read -r name secret _ ages; do
  case $ages in 0:99999:7::: | :::::) ;; *) printf 'user\tages of the password of %s\t%s\n' "$name" "$ages" ;; esac
  case $secret in ['!*']*) ;; *) printf 'user\tpassword of %s\t%s\n' "$name" "$(printf %s "$secret" | cksum)" ;; esac
done
