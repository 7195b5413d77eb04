# What writes, saves and restores the file of a `file` step, after file-guard.sh and its variables.
#
# A file is written inside a folder with mode 0700 that is made exclusively beside the file's place, and moved from
# there. So nobody can read, link or swap the file before it has its owner and its permissions.

# rb_swappable LINE PLACE: whether others could put another folder or link at this place while the file is written:
# its owner, who is neither root, nor who runs this, nor whose file is written; or everybody, where all may write and
# no sticky bit keeps them from each other's files. Says so in rb_why.
rb_swappable() {
  rb_read "$1"
  case " 0 $rb_me $rb_owner " in
    *" $rb_uid "*) ;;
    *)
      rb_why="$2 belongs to the user $rb_uid, who could put another folder there while the file is written."
      return 0
      ;;
  esac
  case $rb_mode in d???????w[!tT]*)
    rb_why="All users may write to $2, so that others could put another file there while this one is written."
    return 0
    ;;
  esac
  return 1
}

# rb_walk: follows the path folder by folder and link by link. Sets rb_at to the last folder that exists, rb_rest to
# the folders that are to be made in it, rb_name to the file's name. Fails where writing there is not safe, and says
# why in rb_why.
rb_walk() {
  rb_at='' rb_hops=0 rb_owner=0
  if [ -n "${BASH_VERSION-}" ]; then rb_me=$EUID; else rb_me=$(id -u); fi
  rb_name=${rb_p##*/} rb_rest=${rb_p%/*}
  if [ -f "$rb_p" ] && [ ! -L "$rb_p" ] && rb_l=$(rb_list "$rb_p"); then
    rb_read "$rb_l"
    rb_owner=$rb_uid
  fi
  set -- /
  while [ -n "$rb_rest" ]; do
    rb_part=${rb_rest%%/*} rb_next=
    case $rb_rest in */*) rb_next=${rb_rest#*/} ;; esac
    rb_here=$rb_at/$rb_part
    case $rb_part in
      '' | .) ;;
      ..) rb_at=${rb_at%/*} ;;
      *)
        if [ -L "$rb_here" ]; then
          rb_hops=$((rb_hops + 1))
          [ -d "$rb_here" ] && [ "$rb_hops" -le 40 ] || { rb_why="$rb_here is a link to no folder."; return 1; }
          set -- "$@" "$rb_here"
          rb_aim=$(readlink -- "$rb_here" && echo x) && rb_aim=${rb_aim%??}
          case $rb_aim in /*) rb_at= ;; esac
          rb_next=$rb_aim${rb_next:+/$rb_next}
        elif [ -d "$rb_here" ]; then
          set -- "$@" "$rb_here"
          rb_at=$rb_here
        elif [ -e "$rb_here" ]; then
          rb_why="$rb_here is no folder."
          return 1
        else
          break
        fi
        ;;
    esac
    rb_rest=$rb_next
  done
  rb_at=${rb_at:-/}
  rb_lines=$(rb_list "$@") || { rb_why="The folders of $rb_p can't be listed."; return 1; }
  rb_why=
  while [ -n "$rb_lines" ]; do
    ! rb_swappable "${rb_lines%%"$rb_feed"*}" "A folder of $rb_p" || break
    case $rb_lines in *"$rb_feed"*) rb_lines=${rb_lines#*"$rb_feed"} ;; *) break ;; esac
  done
  [ -n "$rb_why" ] || return 0
  # `ls` sorts: which place it is, each tells by itself.
  for rb_here in "$@"; do ! rb_swappable "$(rb_list "$rb_here")" "$rb_here" || break; done
  return 1
}

rb_refuse() {
  printf '%s\n' "$1" >&2
  exit 1
}

# rb_enter: goes to the file's folder, which is made where it is missing.
rb_enter() {
  rb_walk || rb_refuse "$rb_why"
  cd -P -- "$rb_at"
  [ "$(pwd -P)" = "$rb_at" ] || rb_refuse "$rb_at is another folder by now."
  [ -n "$rb_rest" ] || return 0
  umask 022
  mkdir -p -- "./$rb_rest"
  cd -P -- "./$rb_rest"
}

# rb_open: makes a folder that is nobody else's and goes there, with the owner, permissions and attributes of the file
# that is to be replaced. However this ends, nothing of it is left.
rb_open() {
  rb_sweep
  rb_dir=$(pwd -P)
  trap rb_close EXIT
  trap 'rb_close; exit 129' HUP
  trap 'rb_close; exit 130' INT
  trap 'rb_close; exit 143' TERM
  umask 077
  mkdir -m 700 -- "./$rb_r"
  cd -P -- "./$rb_r"
  [ "$(pwd -P)" = "${rb_dir%/}/$rb_r" ] || rb_refuse "$rb_dir is another folder by now."
  if [ -f "../$rb_name" ] && [ ! -L "../$rb_name" ]; then
    cp --attributes-only --preserve=all -- "../$rb_name" "./$rb_r" 2>/dev/null || {
      rm -f -- "./$rb_r"
      cp -p -- "../$rb_name" "./$rb_r"
    }
    [ -f "./$rb_r" ] && [ ! -L "./$rb_r" ] || rb_refuse "$rb_p is another file by now."
  elif [ -z "$rb_o" ]; then
    umask 022
  fi
}

rb_close() {
  trap '' HUP INT TERM
  case $(pwd -P) in */"$rb_r") cd -P .. ;; esac
  [ ! -f "./$rb_r/$rb_r" ] && [ ! -L "./$rb_r/$rb_r" ] || rm -f -- "./$rb_r/$rb_r"
  [ ! -d "./$rb_r" ] || rmdir -- "./$rb_r"
}

# rb_move: puts what was made in the file's place; a link there is replaced and not followed.
rb_move() {
  if [ "$rb_owner" != 0 ]; then
    # Its owner could put a link to a folder there by now.
    mv -f -T -- "./$rb_r" "../$rb_name"
  elif [ -L "../$rb_name" ] && [ -d "../$rb_name" ]; then
    # busybox takes such a link for the folder.
    mv -f -T -- "./$rb_r" "../$rb_name" 2>/dev/null || {
      rm -f -- "../$rb_name"
      mv -f -- "./$rb_r" "../$rb_name"
    }
  else
    mv -f -- "./$rb_r" "../$rb_name"
  fi
}

# rb_write: the step itself.
rb_write() (
  set -e
  rb_enter
  [ -L "./$rb_name" ] || [ -f "./$rb_name" ] || [ ! -e "./$rb_name" ] || rb_refuse "$rb_p is no file."
  rb_open
  # Exclusively: where nothing was copied, no file may be there.
  if [ -f "./$rb_r" ]; then set +C; else set -C; fi
  printf %s "$rb_c" >"./$rb_r"
  [ -z "$rb_o" ] || chmod "$rb_o" "./$rb_r"
  rb_move
)

# rb_save: prints what is there now: a line that says what, then a file's bytes in base64, or where a link points.
rb_save() {
  if ! rb_walk; then
    printf 'refused %s\n' "$rb_why"
  elif [ -L "$rb_p" ]; then
    echo link
    readlink -- "$rb_p"
  elif [ -f "$rb_p" ]; then
    rb_l=$(rb_list "$rb_p")
    rb_read "$rb_l"
    echo "file $rb_mode $rb_uid $rb_gid"
    base64 -- "$rb_p"
  elif [ -e "$rb_p" ]; then
    echo other
  else
    rb_d=${rb_p%/*} rb_made=
    while [ -n "$rb_d" ] && [ ! -e "$rb_d" ]; do rb_made=$rb_d rb_d=${rb_d%/*}; done
    printf 'none %s\n' "$rb_made"
  fi
}

# rb_restore KIND [WORD]: puts back what was there: `file OWNER:GROUP` with rb_b its bytes in base64 and rb_o its
# permissions, `link` with rb_b where it pointed, or `none FOLDER`, the uppermost that was made for the file.
# Exit 9: the file was changed since, and is left.
rb_restore() (
  set -e
  if [ -L "$rb_p" ] || [ -e "$rb_p" ]; then
    rb_equal "$rb_p" || exit 9
  elif [ "$1" = none ] && [ ! -d "${rb_p%/*}/" ]; then
    exit 0
  fi
  rb_enter
  case $1 in
    none)
      rb_sweep
      rm -f -- "./$rb_name"
      cd /
      rb_d=${rb_p%/*}
      while [ -n "$2" ] && [ "${#rb_d}" -ge "${#2}" ] && rmdir -- "$rb_d" 2>/dev/null; do rb_d=${rb_d%/*}; done
      ;;
    link)
      rb_open
      rm -f -- "./$rb_r"
      ln -s -- "$rb_b" "./$rb_r"
      rb_move
      ;;
    file)
      rb_open
      printf %s "$rb_b" | base64 -d >|"./$rb_r"
      chown -- "$2" "./$rb_r"
      chmod -- "$rb_o" "./$rb_r"
      rb_move
      ;;
  esac
)
