import fc from "fast-check";
import { limits } from "./limits.ts";

/**
 * Commands that print all of the state of a shell without bash, by builtins alone and without changing any of it. Such a
 * shell cannot print its functions: these are called. `pwd -P` runs apart: in dash it gives PWD its value anew.
 */
export const dumpText = `set
export -p
readonly -p
set +o
alias
trap
(pwd -L; pwd -P)
printf '<%s>' "$@"
printf '\\n'
umask
ulimit -Sa
ulimit -Ha
for each in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do
  case $(type "f$each" 2>/dev/null) in *function*) ("f$each" "a b") || printf '%s\\n' "$?" ;; esac
done
`;

/** Of a dump, what is neither of the moment nor the runner's own. */
export function lastingLines(dump: string): string[] {
  const mine = /^(?:export |readonly )?(?:rb_\w+|RUNBOOK_\w+|PPID|_|LINENO|RANDOM|SECONDS|each)(?:=|$)/;
  const kept: string[] = [];
  let quote = "";
  for (const line of dump.split("\n")) {
    if (quote === "" && !mine.test(line)) {
      kept.push(line);
      continue;
    }
    // A value of several lines is in quotes, in which the runner's own text may have any others.
    for (const char of line) {
      if (quote === "") quote = char === "'" || char === '"' ? char : "";
      else if (char === quote) quote = "";
    }
  }
  return kept.filter((line) => !/^alias trap=|^trap='rb_trap'$|^trap=rb_trap$|rb_gone/.test(line));
}

/** A value of any bytes, written for any shell. */
const value = fc
  .oneof(
    fc.uint8Array({ maxLength: 12 }).map((bytes) => [...bytes].filter((byte) => byte > 0)),
    fc
      .constantFrom("", "a b", "it's", '"q"', "$(touch no)", "`x`", "\\", "back\\slash\n\n", "€ ä", "\x1d\x1e\x1f", "*")
      .map((text) => [...Buffer.from(text)]),
    fc.constantFrom("~", "-n", ")", "%s", "a=b", "\\n", "\\0101", "''").map((text) => [...Buffer.from(text)]),
  )
  .map((bytes) => bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(""));

/** A command that gives a variable such a value; a substitution alone would take its last line feeds. */
const assign = (name: string, octal: string): string => `${name}=$(printf '${octal}_')\n${name}=\${${name}%_}`;

const bodies = [
  'echo "$1"',
  "echo one; return 3",
  "cat <<'EOF'\n}\ng () \nEOF\n  echo on",
  'case $1 in a|b) echo "x)y" ;; *) echo "${1#a }" ;; esac',
  'for i in 1 2; do echo "$((i + 1))"; done 2>&1',
  'echo "€ä it\'s" | while read -r l; do echo "$l"; done',
  "if true; then { echo a; } || ( exit 2 ); fi",
  "( echo `echo '\\'` )",
];

const signals = ["USR1", "USR2", "HUP", "WINCH", "TERM"];

/** Commands that put a shell without bash into a state. Names count on, so that none meets a readonly one of before. */
export const stateCommands = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom("", "export", "readonly", "export readonly"), value).map(
        ([words, octal]) =>
          (n: number): string =>
            [assign(`V${n}`, octal), ...words.split(" ").flatMap((word) => (word ? [`${word} V${n}`] : []))].join("\n"),
      ),
      fc.constantFrom("export U", "readonly R", "export X; readonly X").map(
        (text) =>
          (n: number): string =>
            text.replace(/\b([URX])\b/g, `$1${n}`),
      ),
      fc
        .tuple(
          fc.constantFrom(
            "COMPOSE_FILE",
            "EPOCHS",
            "HOSTNAME",
            "PS1",
            "PS4",
            "_x",
            "IFS",
            "TERM",
            "MAIL",
            "ENV",
            "rbx",
          ),
          value,
        )
        .map(
          ([name, octal]) =>
            (): string =>
              assign(name, octal),
        ),
      fc
        .constantFrom("unset HOSTNAME", "unset LOGNAME TERM", "unset IFS", "OPTIND=3", "export SHLVL=7", "unset HOME")
        .map((text) => (): string => text),
      fc
        .constantFrom(
          "set -o noglob",
          "set -o noclobber",
          "set -o allexport",
          "set -o ignoreeof",
          "set -f -C",
          "set +o noglob",
        )
        .map((text) => (): string => text),
      fc.nat(bodies.length - 1).map(
        (body) =>
          (n: number): string =>
            `f${n}() {\n${bodies[body]}\n}`,
      ),
      fc.tuple(value).map(
        ([octal]) =>
          (n: number): string =>
            `${assign("text", octal)}\nalias "al${n}=$text"`,
      ),
      fc.tuple(fc.constantFrom(...signals), fc.constantFrom("''", ":", "': \"it'\\''s\"'", "-")).map(
        ([signal, command]) =>
          (): string =>
            `trap -- ${command} ${signal}`,
      ),
      fc
        .array(value, { maxLength: 3 })
        .map(
          (list) => (): string =>
            `${list.map((octal, index) => assign(`w${index}`, octal)).join("\n")}\nset --${list.map((_, index) => ` "$w${index}"`).join("")}`,
        ),
      limits,
      fc
        .constantFrom(
          "cd /usr",
          'cd "$W/a b"',
          'cd "$W/link"',
          "cd /",
          "PWD=else",
          "unset OLDPWD",
          'mkdir -p "$W/\u20ac"; cd "$W/\u20ac"',
        )
        .map((text) => (): string => text),
    ),
    { minLength: 12, maxLength: 30 },
  )
  .map((commands) => commands.map((command, n) => command(n)).join("\n"));
