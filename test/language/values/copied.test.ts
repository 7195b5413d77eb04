import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copiedText, fileContent, type Step, shownText } from "../../../src/language/index.ts";
import { folder, runShell } from "../shell.ts";

function step(text: string, file?: Step["file"]): Step {
  const place = { line: 1, column: 1 };
  const fence = { language: "sh", text, span: { start: place, end: place }, lines: [place] };
  return {
    id: "x",
    on: "host",
    fence,
    ...(file && { file }),
    when: [],
    guard: [],
    proof: [],
    undo: [],
    retry: 1,
    exits: [0],
    background: false,
    reboot: false,
    sets: [],
  };
}

function shown(text: string, values: Record<string, string>): string {
  return shownText(step(text), new Map(Object.entries(values)));
}

function copied(text: string, values: Record<string, string>): string {
  return copiedText(step(text), new Map(Object.entries(values)));
}

describe("shown", () => {
  const values = { C: "web1", N: "2", P: "vim zsh", ODD: `a"b$c`, BANG: "hey!", END: "EOF", NONE: "" };
  test.each([
    ["in double quotes", 'lxc-start --name "$C" "x${C}y"', 'lxc-start --name "web1" "xweb1y"'],
    ["with quotes of its own", 'show "$ODD"', 'show "a\\"b\\$c"'],
    ["unquoted", "show --name=$C $C", "show --name=web1 web1"],
    ["as a list", "apt-get install $P", "apt-get install vim zsh"],
    ["in a heredoc", "cat <<EOF\nname $C $ODD\nEOF", 'cat <<EOF\nname web1 a"b\\$c\nEOF'],
    ["in a target of a redirection", 'cat >>"/x/$C/y"', 'cat >>"/x/web1/y"'],
    ["in a command substitution", 'show "$(show "$C")"', 'show "$(show "web1")"'],
    ["in an assignment", "x=$C; y=$P", "x=web1; y=$P"],
    ["in for", "for i in $P; do show $i; done", "for i in vim zsh; do show $i; done"],
  ])("%s, a value stands in place", (_, text, expected) => {
    expect(shown(text, values)).toBe(expected);
  });

  test.each([
    ["in single quotes", "show '$C'"],
    ["in a quoted heredoc", "cat <<'EOF'\n$C\nEOF"],
    ["escaped", "show \\$C"],
    ["with an operator", 'show "${C%x}" "${#C}" "${C:-x}"'],
    ["in arithmetic", "show $((N + 1)) $(($N))"],
    ["in a test", "[[ $N == 2 ]]"],
    ["in a pattern", "case x in $C) show;; esac"],
    ["unquoted with special characters", "show $ODD"],
    ["with a history character", 'show "$BANG"'],
    ["as a descriptor", "show $N>/dev/null"],
    ["in braces", "show {$N..3} {$C,x}"],
    ["behind a tilde", "show ~$C"],
    ["as a command", "$C x"],
    ["behind a name that it would become part of", 'for x in 1; do show "$x$C"; done'],
    ["where it would end the heredoc", "cat <<EOF\n$END\nEOF"],
    ["empty and unquoted", "show $NONE"],
    ["in backticks", 'show `show "$C"`'],
    ["of a variable that the step sets", 'C=other; show "$C"'],
    ["of one that a loop sets", 'for C in 1 2; do show "$C"; done'],
    ["of one that is read", 'read -r C <<<x; show "$C"'],
    ["with text that is evaluated", 'eval x; show "$C"'],
    ["split by another IFS", "IFS=:; show $P"],
    ["in an array", "a=($P)"],
    ["where the text is no shell", 'if "$C"'],
  ])("%s, the reference stays", (_, text) => {
    expect(shown(text, values)).toBe(text);
  });

  test("a file's text has its values as data", () => {
    const text = step('a "$C" ${C}x $X $(C) `C`', { path: "/x" });
    expect(shownText(text, new Map([["C", '$X "']]))).toBe('a "$X "" $X "x $X $(C) `C`');
  });
});

describe("copied", () => {
  test("what stays a reference is set first", () => {
    expect(copied("show ${C%x} '$N'", { C: "a b", N: "1", UNUSED: "x" })).toBe(
      "export C='a b'\nexport N=1\nshow ${C%x} '$N'",
    );
    expect(copied('show "$C"', { C: "a b" })).toBe('show "a b"');
  });

  const pieces = [
    'show "$A" "x${B}y" "$A$B" "$A-$B"',
    "show $L $A$B --x=$A",
    'show "$(show "$A" $L)" "`show "$B"`"',
    "show '$A' \"\\$A\" \\$B",
    'show "${A#x}" "${B:-y}" "${#A}" ${A:+"$B"} "${A}"',
    'show read <<EOF\n$A ${B} \\$A $(show "$B")\nEOF',
    "show read <<-EOF\n\t$A\n\t x$B\nEOF",
    "show read <<'EOF'\n$A\nEOF",
    'show read <<<"$A"; show read <<<$N',
    'for i in $L "$A"; do show "$i" "$i$A" "${i}$N"; done',
    'x=$A y="$B"; show "$x" "$y" "$x$A"',
    'A=changed; show "$A" $N',
    "show $((N + 1)) $(($N * 2)) $N>/dev/null",
    '[[ $A == "$B" ]] && show same || show other $N',
    'case $A in "$B") show b;; x*) show x;; *) show "$A";; esac',
    "show {$N,$N} {1..$N} ~$N",
    'sh -c \'show "$A" "$1"\' sh "$B"',
    'f() { local B=inner; show "$A" "$B" "$1"; }; f "$B"; show "$B"',
    'show "$A" | show read; ( show "$B" )',
    'set -- "$A" $L; show "$@"',
    'show "$N$A" "$A[0]" "$A}" "{$B}"',
    'printf -v B \'%s\' "$A"; show "$B"',
    "export E=$A$B; sh -c 'show \"$E\"'",
    'IFS=,; show $L "$A"',
  ];
  const special = fc.constantFrom(
    ..."$`\"'\\!*?[]{}~#&|;<> \t=:,%-".split(""),
    "EOF",
    "$A",
    "$(show no)",
    "x",
    "é",
    "𝒳",
  );
  const value = fc.oneof(
    fc.array(special, { maxLength: 6 }).map((parts) => parts.join("")),
    fc.constantFrom("", "web1", "10.0.3.21/24", "EOF", "-n", "2", "a b", "*"),
    fc.array(fc.oneof(special, fc.constant("\n")), { maxLength: 6 }).map((parts) => parts.join("")),
  );
  const values = fc.record({
    A: value,
    B: value,
    L: fc.oneof(fc.constantFrom("", "vim", "vim zsh openssh-server", "a  b", "x*"), value),
    N: fc.integer({ min: 0, max: 20 }).map(String),
  });

  test("the copied text gives every program the arguments of the executed step", () => {
    const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, values, (text, values) => {
        expect(runShell(copied(text, values))).toBe(runShell(text, values));
      }),
      { numRuns: 150 },
    );
  });
});

test("what is pasted into a terminal is not taken as history", () => {
  const text = 'show "$A" $L; show read <<EOF\n$A\nEOF';
  const values = { A: "hey!there !! 'q'", L: "a!b" };
  const args = ["--norc", "--noprofile", "-i"];
  const env = { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, HISTFILE: "/dev/null" };
  const pasted = spawnSync("bash", args, { input: `${copied(text, values)}\n`, env, encoding: "utf8" });
  expect(pasted.stdout).toBe(runShell(text, values));
});

describe("a file step", () => {
  test.each(["sh", "bash"])("is copied for %s as a command that replaces a link and never follows it", (shell) => {
    const [link, victim] = [join(folder, `${shell}.d/it's`), join(folder, `${shell}-victim`)];
    const values = new Map([
      ["A", "it's"],
      ["B", '$(show no) `x` \\ "quotes"\nEOF'],
    ]);
    const file = step("value $B\nEOF\n\n $UNKNOWN", { path: `${folder}/${shell}.d/$A`, mode: "0640" });
    writeFileSync(victim, "untouched");
    expect(runShell(`mkdir ${shell}.d; true`)).toBe("");
    symlinkSync(victim, link);
    expect(runShell(copiedText(file, values), {}, shell)).toBe("");
    expect(readFileSync(link, "utf8")).toBe(fileContent(file, values));
    expect(lstatSync(link).mode & 0o7777).toBe(0o640);
    expect(lstatSync(link).isSymbolicLink()).toBe(false);
    expect(readFileSync(victim, "utf8")).toBe("untouched");
  });

  test("keeps the mode that its file has, where it gives none", () => {
    const path = join(folder, "private");
    writeFileSync(path, "old", { mode: 0o600 });
    expect(runShell(`umask 077\n${copiedText(step("new", { path }), new Map())}`)).toBe("");
    expect(readFileSync(path, "utf8")).toBe("new\n");
    expect(lstatSync(path).mode & 0o7777).toBe(0o600);
    expect(runShell(`umask 077\n${copiedText(step("new", { path: `${path}.new` }), new Map())}`)).toBe("");
    expect(lstatSync(`${path}.new`).mode & 0o7777).toBe(0o644);
  });

  test("without a text is an empty file", () => {
    const path = join(folder, "empty");
    expect(runShell(copiedText(step("", { path }), new Map()))).toBe("");
    expect(readFileSync(path, "utf8")).toBe("");
  });
});
