# ---- Values: what this script takes, from its arguments, the environment (secrets), or a terminal.

set -u
export LC_ALL=C.UTF-8
yes= yes_word=--yes verb=run names=()
declare -A value=() default=() about=() pattern=() choices=() kind=() given=()

die() { # STATUS MESSAGE...
  local status=$1
  shift
  printf 'error: %s\n' "$@" >&2
  exit "$status"
}

param() { names+=("$1"); about[$1]=$2 kind[$1]=" ${3-} "; } # NAME DESCRIPTION [list] [secret] [multiline]
matches() { pattern[$1]=$2; }                               # NAME EXPRESSION
one_of() { choices[$1]=$2; }                                # NAME "WORD WORD..."
default() { default[$1]=$2; }                               # NAME VALUE

usage() {
  local name
  printf 'Usage: %s [undo] [--yes] [NAME=value...]\n\n' "$0"
  for name in "${names[@]}"; do
    if [[ ${kind[$name]} == *' secret '* ]]; then printf '  %s (from the environment)  %s\n' "$name" "${about[$name]}"
    else printf '  %s=%s  %s\n' "$name" "${default[$name]-}" "${about[$name]}"; fi
  done
  exit 0
}

known() { [[ " ${names[*]} " == *" $1 "* ]]; }

arguments() { # the script's own
  local word name
  [[ ${1-} != undo ]] || { verb=undo; shift; }
  for word; do
    name=${word%%=*}
    case $word in
      --yes) yes=1 ;;
      --help) usage ;;
      *=*)
        known "$name" || die 2 "There is no value $name; --help lists them."
        [[ ${kind[$name]} != *' secret '* ]] || die 2 "$name is a secret: give it in the environment."
        [[ -z ${given[$name]+x} ]] || die 2 "$name was given twice."
        given[$name]=1 value[$name]=${word#*=}
        ;;
      *) die 2 "\"$word\" is no NAME=value; --help says more." ;;
    esac
  done
}

settle() { # every value that is known before the first step
  local name
  for name in "${names[@]}"; do
    if [[ ${kind[$name]} == *' secret '* && -n ${!name+x} ]]; then value[$name]=${!name}
    elif [[ -z ${value[$name]+x} && -n ${default[$name]+x} ]]; then value[$name]=${default[$name]}
    elif [[ -z ${value[$name]+x} && " ${computed[*]-} " != *" $name "* ]]; then ask "$name"; fi
    [[ -z ${value[$name]+x} ]] || check "$name"
  done
}

ask() { # NAME
  local answer options=-r
  [[ -t 0 && -t 2 ]] || die 2 "$1 needs a value: ${about[$1]:-it has no default}."
  [[ ${kind[$1]} != *' secret '* ]] || options=-rs
  IFS= read $options -p "$1 (${about[$1]}): " answer || exit 130
  value[$1]=$answer
}

check() { # NAME: is its value one that it takes?
  local text=${value[$1]} word plain words=()
  plain=${text//$'\t'/}
  [[ ${kind[$1]} != *' multiline '* ]] || plain=${plain//$'\n'/}
  [[ $plain != *[[:cntrl:]]* ]] || die 2 "$1 must be one line without control characters."
  [[ ${kind[$1]} != *' secret '* ]] || (( ${#text} >= 6 )) || die 2 "$1 must have at least 6 characters."
  if [[ ${kind[$1]} == *' list '* ]]; then read -ra words <<<"${text//$'\n'/ }"; else words=("$text"); fi
  for word in ${words[@]+"${words[@]}"}; do
    [[ -z ${choices[$1]+x} || " ${choices[$1]} " == *" $word "* ]] || die 2 "$1 must be one of ${choices[$1]}."
    case ${pattern[$1]-} in
      '') ;;
      perl:*) printf '%s\0' "$word" | grep -qzP -- "${pattern[$1]#perl:}" || die 2 "$1 does not match ${pattern[$1]#perl:}." ;;
      *) [[ $word =~ ${pattern[$1]} ]] || die 2 "$1 does not match ${pattern[$1]}." ;;
    esac
  done
}

fill() { # TEXT: puts values in place of $NAME and ${NAME}, as data; the result is in REPLY
  local rest=$1 done='' name reference='^(\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))'
  while [[ $rest == *'$'* ]]; do
    done+=${rest%%'$'*} rest=${rest#*'$'}
    if [[ $rest =~ $reference ]]; then
      name=${BASH_REMATCH[2]}${BASH_REMATCH[3]}
      if [[ -n ${value[$name]+x} ]]; then
        done+=${value[$name]} rest=${rest:${#BASH_REMATCH[1]}}
        continue
      fi
    fi
    done+='$'
  done
  REPLY=$done$rest
}
