import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mapShellCommand } from "../../../src/language/index.ts";
import { folder, runShell } from "../shell.ts";

/** What bash says of the failing command in its own shell: its line and itself. */
function failing(text: string): { line: number; command: string } {
  writeFileSync(join(folder, "step"), text);
  const trap = 'trap \'if ((BASHPID == $$)); then printf "%s\\n%s" $LINENO "$BASH_COMMAND" >&3; fi\' ERR';
  const [line, ...command] = runShell(`exec 3>&1 >/dev/null 2>&1; set -Eeuo pipefail; ${trap}; . ./step`)
    .replace(/exit \d+: $/, "")
    .split("\n");
  return { line: Number(line), command: command.join("\n") };
}

test.each([
  ["a plain command", "true\nfalse\ntrue", "false"],
  ["a continued one", "true\nls \\\n  --bad \\\n  /nowhere", "ls \\"],
  ["a quoted text of two lines", 'true\nls "a\nb" c', 'ls "a'],
  ["a subshell", "true\n(\n  true\n  false\n)\ntrue", "("],
  ["a command substitution", "true\nx=$(\n  true\n  false\n)\ntrue", "x=$("],
  ["a pipeline over lines", "true\ntrue |\n  false |\n  true\ntrue", "true |"],
  ["the last of a list", "true && true &&\n  false\ntrue", "false"],
  ["in a branch", "if true; then\n  false \\\n    x\nfi", "false \\"],
  ["in a function", "f() {\n  true\n  false\n}\nf", "false"],
  ["in a loop", "for i in 1 2; do\n  test $i = 1\ndone", "test $i = 1"],
  ["a test over lines", "true\n[[ 1 == 1 &&\n  1 == 2 ]]\ntrue", "[[ 1 == 1 &&"],
  ["a heredoc", "true\ngrep zz <<EOF\na\nb\nEOF\ntrue", "grep zz <<EOF"],
  ["two commands on a line", "true; false; true", "false"],
  ["a brace group", "{\n  true\n  false\n} >/dev/null", "false"],
  ["an array", "true\nx=(\n  1\n  $(false)\n)\ntrue", "x=("],
])("the line that bash reports leads to %s", (_, text, expected) => {
  const { line, command } = failing(text);
  const place = mapShellCommand(text, line, command);
  if (!place) throw new Error("no place");
  expect(text.split("\n")[place.line - 1]?.slice(place.column - 1, place.endColumn - 1)).toBe(expected);
});

test.each<[string, string, number, string | undefined]>([
  ["without a command's text all of the line's are marked", "a; b | c", 1, "a; b | c"],
  ["only the last of a list can fail", "a && b || c", 1, "c"],
  ["a line of none is the nearest's before", "a\n\n\nb", 2, "a"],
  ["a line behind the text too", "a\nb", 9, "b"],
  ["text without a command has no place", "# only this", 1, undefined],
  ["broken text does not throw", "if; ((", 1, "(("],
])("%s", (_, text, line, expected) => {
  const place = mapShellCommand(text, line);
  expect(place && text.split("\n")[place.line - 1]?.slice(place.column - 1, place.endColumn - 1)).toBe(expected);
});
