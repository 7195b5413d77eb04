import fc from "fast-check";
import { limits } from "./limits.ts";

/**
 * Commands that print all of a bash's state, by builtins alone and without changing any of it. The folder's run apart: with
 * `set -o physical`, `dirs` makes the shell forget by which links it came there.
 */
export const dumpText = `declare -p
set +o
shopt -p
declare -f
declare -F
alias -p
trap -p
(pwd -L; pwd -P; dirs -l -p)
printf '%q ' "$0" "$@"
printf '\\n'
umask
ulimit -Sa
ulimit -Ha
`;

/** Of a dump, what is of the moment, or the runner's own. */
export function lastingLines(dump: string): string[] {
  const ofTheMoment =
    /^declare -\S+ (?:__rb_\w+|BASH_(?:ARG\w+|COMMAND|LINENO|SOURCE)|BASHPID|COMP_WORDBREAKS|EPOCH(?:REALTIME|SECONDS)|FUNCNAME|LINENO|PIPESTATUS|RANDOM|SRANDOM|SECONDS|PPID|_|RUNBOOK_\w+)(?:=|$)/;
  return dump.split("\n").filter((line) => !ofTheMoment.test(line));
}

/** A value of any bytes, written for a bash. */
const value = fc
  .oneof(
    fc.uint8Array({ maxLength: 12 }).map((bytes) => [...bytes].filter((byte) => byte > 0)),
    fc
      .constantFrom(
        "",
        "a b",
        "it's",
        '"q"',
        "$(touch no)",
        "`x`",
        "\\",
        "back\\slash\n",
        "€ ä",
        "\x1d\x1e\x1f",
        "*",
        "~",
        "-n",
        ")",
        "]=",
        "a=b",
      )
      .map((text) => [...Buffer.from(text)]),
  )
  .map((bytes) => `$'${bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}'`);

const key = fc.constantFrom("a", "b c", "]", "a]b", "@", "$x", "'", '"', "\\", "é", "0").map((text) => {
  const bytes = [...Buffer.from(text)];
  return `$'${bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}'`;
});

const bodies = [
  'echo "$1"',
  "local x=1; [[ $x == [0-9]* ]] && return 3",
  "cat <<'EOF'\n}\ng () \nEOF\n  echo on",
  'case $1 in a|b) echo "x)y" ;; *) (( i++ )) ;; esac',
  "for ((i = 0; i < 3; i++)); do echo $((i + 1)) $'a\\tb'; done >/dev/null 2>&1",
  'echo €ä | while read -r l; do echo "${l//€/\\\'}"; done',
  "if true; then { echo a; } || ( exit 2 ); else select x in a; do break; done; fi",
  "echo ${x:-`date`} ${#a[@]} <(:) &",
  "until false; do break; done; time ! :",
];

const signals = ["USR1", "USR2", "HUP", "CHLD", "RETURN", "WINCH"];

/** Commands that put a bash into a state. Names count on, so that none meets a readonly one of before. */
export const stateCommands = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom("", "-x", "-r", "-l", "-u", "-rx", "-t", "-c"), value).map(
        ([flags, text]) =>
          (n: number): string =>
            `declare ${flags} V${n}=${text}`,
      ),
      fc.tuple(fc.constantFrom("-i", "-ix", "-ri"), fc.integer({ min: -99, max: 99 })).map(
        ([flags, number]) =>
          (n: number): string =>
            `declare ${flags} I${n}=${number}`,
      ),
      fc.tuple(fc.constantFrom("", "-x", "-r", "-l"), fc.array(value, { maxLength: 4 }), value).map(
        ([flags, list, last]) =>
          (n: number): string =>
            `declare -a ${flags} A${n}=(${list.join(" ")} [${n + 9}]=${last})`,
      ),
      fc.tuple(fc.constantFrom("", "-x", "-r"), fc.array(fc.tuple(key, value), { maxLength: 4 })).map(
        ([flags, pairs]) =>
          (n: number): string =>
            `declare -A ${flags} M${n}=(${pairs.map(([k, v]) => `[${k}]=${v}`).join(" ")})`,
      ),
      fc.constantFrom("declare -x U", "declare -a U", "declare -A U", "declare -i U", "x=foo; declare -n U=x; N").map(
        (start) =>
          (n: number): string =>
            `${start}${n}=${n}`.replace(/(-[xaAi] \w+)=\d+/, "$1"),
      ),
      fc
        .tuple(
          fc.constantFrom(
            "COMPOSE_FILE",
            "COMPONENT",
            "EPOCHS",
            "HOSTNAME",
            "OPTERR",
            "BASHRC",
            "PS4",
            "GROUPSIZE",
            "_x",
            "IFS",
            "HOSTTYPE",
            "RANDOMLY",
            "TERM",
          ),
          value,
        )
        .map(
          ([name, text]) =>
            (): string =>
              `${name}=${text}`,
        ),
      fc
        .constantFrom(
          "unset HOSTNAME",
          "unset LOGNAME TERM",
          "unset OSTYPE",
          "export -n USER",
          "OPTIND=3",
          "export SHLVL=7",
          "unset IFS",
        )
        .map((text) => (): string => text),
      fc
        .constantFrom(
          ...["set -o noglob", "set -o noclobber", "set -o allexport", "set -o physical", "set +o braceexpand"],
          ...[
            "set +o hashall",
            "shopt -s extglob nullglob",
            "shopt -s dotglob expand_aliases",
            "shopt -u checkwinsize",
          ],
          ...[
            "shopt -s nocasematch globstar",
            "shopt -u sourcepath",
            "shopt -s shift_verbose",
            "set -o ignoreeof",
            "set -o functrace",
          ],
        )
        .map((text) => (): string => text),
      fc.tuple(fc.nat(bodies.length - 1), fc.constantFrom("", "export -f", "readonly -f", "declare -ft")).map(
        ([body, flags]) =>
          (n: number): string =>
            `f${n}() {\n${bodies[body]}\n}${flags ? `\n${flags} f${n}` : ""}`,
      ),
      fc.tuple(value).map(
        ([text]) =>
          (n: number): string =>
            `alias al${n}=${text}`,
      ),
      fc.tuple(fc.constantFrom(...signals), fc.constantFrom("''", ":", "': \"it'\\''s\"'")).map(
        ([signal, command]) =>
          (): string =>
            `trap -- ${command} ${signal}`,
      ),
      fc.array(value, { maxLength: 3 }).map((list) => (): string => `set -- ${list.join(" ")}`),
      limits,
      fc
        .constantFrom(
          "cd /usr",
          'cd "$W/a b"',
          'cd "$W/link"',
          "pushd /etc >/dev/null",
          'pushd -n "$W/a b" >/dev/null',
          "cd ~",
          "PWD=else",
          "unset OLDPWD",
          'mkdir -p "$W/\u20ac"; cd "$W/\u20ac"',
        )
        .map((text) => (): string => text),
    ),
    { minLength: 12, maxLength: 30 },
  )
  .map((commands) => commands.map((command, n) => command(n)).join("\n"));
