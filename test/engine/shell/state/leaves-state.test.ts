import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { leavesState } from "../../../../src/engine/shell/state/leaves-state.ts";
import { keptState, type ShellState } from "../../../../src/engine/shell/state/state.ts";

const folder = mkdtempSync(join(tmpdir(), "runbook-leaves-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bare: ShellState = {
  functions: "",
  traps: "trap -- '__rb_gone \"$@\"' EXIT\n",
  attributes: "",
  aliases: "",
  umask: "0022",
  options: "braceexpand:errexit",
  shellOptions: "checkwinsize",
  folder: "/root",
  logicalFolder: "/root",
  stack: "",
  words: "bash ",
  softLimits: "",
  hardLimits: "",
  exitTrap: "",
  variables: "",
};

test.each([
  "echo hello",
  'lxc-create --name "$CONTAINER" --template download -- --dist "$DIST"',
  "apt-get update && apt-get install --yes $PACKAGES",
  'echo "${ADDRESS%/*}" >"/etc/$x" 2>&1 | sort',
  "[ -e /etc/passwd ] || false; sleep 0 &",
  "printf '%s\\n' a",
  "env \\\n  A=1 true",
])("leaves it: %s", (text) => {
  expect(leavesState(text, bare)).toBe(true);
});

const changes = [
  ...["x=1", "cd /", "export A", "read x", "printf -v x y", 'printf "$f" x', "x=1 eval y", "time ls", "! ls", "set -f"],
  ...[
    'echo "${x:=1}"',
    "echo $((x=1))",
    'echo "$((x=1))"',
    "echo $[x=1]",
    "echo `cd /`",
    "echo $(ls)",
    "(ls)",
    "{ ls; }",
  ],
  ...["cat <<EOF\nx\nEOF", "ls {fd}>f", "$cmd", '"cd" /', "c\\d /", "\\cd /", "echo 'open", "ls # don't", "f() { :; }"],
  ...[
    "if ls; then ls; fi",
    "for x in a; do ls; done",
    "[[ a =~ a ]]",
    "echo $'a'",
    'echo "$(("',
    "ls\ncd /",
    "ls;cd /",
  ],
];

test.each(changes)("may change it: %s", (text) => {
  expect(leavesState(text, bare)).toBe(false);
});

test.each([
  ["functions", "ls () \n{ \n    cd /\n}\n"],
  ["aliases", "alias ls='cd /'\n"],
  ["traps", "trap -- 'x=1' USR1\n"],
  ["exitTrap", "x=1"],
])("with %s of the page's own nothing is sure", (name, told) => {
  expect(leavesState("ls", { ...bare, [name]: told })).toBe(false);
});

const volatile = "_|PIPESTATUS|BASH\\w*|RANDOM|SRANDOM|SECONDS|EPOCH\\w+|LINENO|PPID|FUNCNAME|__text|__seen";
const look = `{ declare -p; declare -f; trap -p; alias -p; umask; pwd; shopt; set -o; } | grep -vE '^declare -\\S+ (${volatile})(=|$)'`;

/** What a real bash says of its state before and after a text. */
function observe(text: string): [string, string] {
  const script = `x=start; y=; set -Eu\n${look}\nprintf '\\035'\n. /dev/stdin <<<"$1" >/dev/null 2>&1\nset -Eu\n${look}`;
  const { stdout } = spawnSync("bash", ["--noprofile", "--norc", "-c", script, "bash", text], {
    cwd: folder,
    encoding: "utf8",
    timeout: 10_000,
  });
  const [before = "", after = "none"] = stdout.split("\x1d");
  return [before, after];
}

const builtins = execFileSync("bash", ["-c", "compgen -b -k"], { encoding: "utf8" }).trim().split("\n");

test("a real bash agrees, for every builtin", () => {
  const args = ["", "/", "y", "-v y", "y=1", "-s nullglob", "-f", "077", "'y=1' USR1", "y <<<a", "-n 9", "y 1 + 1"];
  const taken = builtins
    .flatMap((name) => args.map((arg) => `${name} ${arg}`))
    .filter((text) => leavesState(text, bare));
  expect(taken.length).toBeGreaterThan(50);
  for (const text of taken) {
    const [before, after] = observe(text);
    expect({ text, after }).toEqual({ text, after: before });
  }
});

test("a real bash agrees, for texts of any kind", () => {
  const name = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("echo", "printf", "true", "ls", "test", "[", "touch", ":") },
    { weight: 1, arbitrary: fc.constantFrom(...builtins) },
    { weight: 1, arbitrary: fc.constantFrom("x=1", "'cd'", "c\\d", "$y", '"$x"', "y+=2", "a[0]=1") },
  );
  const word = fc.constantFrom(
    ...["x", "-v", "y", "/", "$x", "${x}", "${y:=1}", "${y%a}", "$((y=1))", '"$x"', '"${y:=2}"', '"$((y=3))"', "'a b'"],
    ...[
      '"it\'s"',
      "'say \"",
      "#",
      "# '",
      "\\",
      "\\\n",
      "]",
      ">out",
      "2>&1",
      "{fd}>out",
      "<<<x",
      "$(y=1)",
      "`y=1`",
      "-eq",
    ],
  );
  const end = fc.constantFrom("\n", "; ", " && ", " || ", " | ", " & ", " |& ");
  const command = fc.tuple(name, fc.array(word, { maxLength: 4 }), end);
  const text = fc
    .array(command, { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map(([first, words, last]) => [first, ...words].join(" ") + last).join(""));
  const taken = [...new Set(fc.sample(text, 6000).filter((sample) => leavesState(sample, bare)))].slice(0, 250);
  expect(taken.length).toBeGreaterThan(150);
  for (const sample of taken) {
    const [before, after] = observe(sample);
    expect({ sample, after }).toEqual({ sample, after: before });
  }
});

test("the oracle sees a change", () => {
  for (const text of ["y=1", "cd /", "umask 077", "trap 'x=1' USR1", "f() { :; }", "shopt -s nullglob"]) {
    const [before, after] = observe(text);
    expect([text, after === before]).toEqual([text, false]);
  }
});

test("the worker's own `exit` is no function of the page's, so that a plain text is seen to leave the state alone", () => {
  const own = "exit () \n{ \n    __rb_unwind=1\n}\n";
  const report = [own, "declare -f exit\n", ...Array.from({ length: 13 }, () => "")].join("\x1dn\x1d");
  expect(JSON.parse(keptState(report, "n"))).toMatchObject({ functions: "", attributes: "" });
  const page = ["exit () \n{ \n    :\n}\n", "declare -f exit\n", ...Array.from({ length: 13 }, () => "")].join(
    "\x1dn\x1d",
  );
  expect(JSON.parse(keptState(page, "n"))).toMatchObject({ attributes: "declare -f exit\n" });
});
