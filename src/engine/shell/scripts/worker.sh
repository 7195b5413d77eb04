# The shell of a target without bash. Runs what the supervisor hands on, one text after another. A failed command ends
# such a shell (`set -eu`); its variables, folder, mask and exports are kept, its functions are not.
rb_nonce=$RB_NONCE rb_seq=0 rb_status=0 rb_sets= rb_keep= rb_last=
unset RB_NONCE
exec 7<&0 8>&1 9>&2 </dev/null >/dev/null 2>&1

rb_state() {
  umask
  pwd
  unset rb_nonce rb_seq rb_status rb_sets rb_keep rb_last rb_n rb_s RUNBOOK_RUN RUNBOOK_STEP
  export -p
  set
}

# rb_tell: how the last text ended.
rb_tell() {
  set +eu
  for rb_n in $rb_sets; do
    if eval "[ -n \"\${$rb_n+x}\" ]"; then
      eval "rb_s=\$$rb_n"
      printf '\036%s V %s %s\037' "$rb_nonce" "$rb_n" "$rb_s" >&8
    fi
  done
  [ -z "$rb_keep" ] || printf '\036%s S %s\037\036%s Z\037' "$rb_nonce" "$(rb_state)" "$rb_nonce" >&8
  printf '\036%s D %s\037' "$rb_nonce" "$rb_seq" >&9
  printf '\036%s D %s %s %s 0 0 \037' "$rb_nonce" "$rb_seq" "$rb_status" "$rb_last" >&8
}

rb_next() {
  rb_tell
  IFS= read -r rb_s <&7 || { printf 'exit 0'; return 0; }
  printf '%b' "$rb_s"
}

trap 'rb_status=$? rb_keep=1 rb_last=last; rb_tell' EXIT
printf '\036%s W %s\037' "$rb_nonce" "$$" >&8
while :; do
  eval "$(rb_next)"
done
