# What all commands of `file` steps need, and the guard: POSIX sh, for bash, dash and busybox alike. The runner puts
# variables behind it: rb_p the path; rb_c the content, rb_n its bytes; rb_m the permissions as `ls` writes them and
# rb_o as `chmod` takes them, both empty where the page names none; rb_r a name that nobody can guess.

# A page may have changed IFS, and made it readonly: so nothing here is split into words.
rb_feed='
'
set -f
[ -z "${BASH_VERSION-}" ] || shopt -u failglob
unset -v BLOCK_SIZE LS_BLOCK_SIZE BLOCKSIZE || :

# rb_list PATH...: a line each: permissions, links, owner, group, bytes … Links are not followed.
rb_list() { ls -ldn -- "$@"; }

# rb_read LINE: the words of such a line, as rb_mode, rb_uid, rb_gid, rb_size.
rb_read() {
  rb_tail=$1
  for rb_word in mode links uid gid size; do
    while :; do case $rb_tail in ' '*) rb_tail=${rb_tail# } ;; *) break ;; esac; done
    eval "rb_$rb_word=\${rb_tail%% *}"
    rb_tail=${rb_tail#* }
  done
}

# rb_equal PATH: whether a file is there with this content, byte for byte. Leaves its permissions in rb_mode.
rb_equal() {
  [ -f "$1" ] && [ ! -L "$1" ] && rb_l=$(rb_list "$1") || return 1
  rb_read "$rb_l"
  # The shell drops NUL bytes, and a large file takes memory: so the size is compared first.
  [ "$rb_size" = "$rb_n" ] && [ "$(cat -- "$1" && echo x)" = "${rb_c}x" ]
} 2>/dev/null

# rb_same: the guard of a file step.
rb_same() {
  rb_equal "$rb_p" || return 1
  case $rb_mode in "$rb_m"*) ;; *) return 1 ;; esac
}

# rb_sweep: takes away what a write that was killed has left in this folder.
rb_sweep() {
  set +f
  for rb_left in .runbook-????????????????????????????????; do
    case ${rb_left#.runbook-} in *[!0-9a-f]*) continue ;; esac
    [ -d "$rb_left" ] && [ ! -L "$rb_left" ] && [ -O "$rb_left" ] || continue
    rm -f -- "./$rb_left/$rb_left"
    rmdir -- "./$rb_left" 2>/dev/null || :
  done
  set -f
}

# rb_tidy: the same, from elsewhere.
rb_tidy() {
  (cd -P -- "${rb_p%/*}/" && rb_sweep) 2>/dev/null || :
}
