import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isAlive } from "../support/processes.ts";
import { makePlace, type PageRun, pageOf, runPage } from "../support/run-page.ts";

/** Runs steps one after another, whatever becomes of them: `s1`, `s2` … */
async function run(...texts: string[]): Promise<PageRun> {
  const steps = texts.map((text, index): [string, string] => [`sh step="s${index + 1}"`, text]);
  return await runPage(makePlace({ "page.md": pageOf(steps) }), { keepGoing: true });
}

/** The outcomes of steps that `run` ran, `passed` or the failure's code and status. */
function ends(done: PageRun): string[] {
  return [...done.steps.values()].map(({ outcome, error, exitCode }) =>
    outcome === "passed" ? "passed" : `${error?.code} ${exitCode}`,
  );
}

/** The page's line of a step's line, by the text that stands there. */
function failedAt(done: PageRun, step: string, texts: string[]): string | undefined {
  const error = done.steps.get(`page/${step}`)?.error;
  const page = pageOf(texts.map((text, index): [string, string] => [`sh step="s${index + 1}"`, text]));
  return error && page.split("\n")[error.line - 1]?.slice(error.column - 1);
}

test("heredocs reach commands as they are, whatever is in them", async () => {
  const done = await run(
    `cat <<'EOF'\n$x \`y\` \\z '\nRUNBOOK_END\nEOF\ncat <<EOF2\n$((1 + 1))\nEOF2\ncat <<-EOF3\n\ttabs\n\tEOF3\ncat <<<'word'`,
    "echo on",
  );
  expect(done.output("s1")).toBe("$x `y` \\z '\nRUNBOOK_END\n2\ntabs\nword\n");
  expect(ends(done)).toEqual(["passed", "passed"]);
});

test("exit ends its step with its status, not the shell, from anywhere in it", async () => {
  const done = await run(
    "x=1\nexit 3\nx=2",
    "f() { for i in 1 2; do exit 4; done; }\nif f; then echo no; fi\necho no",
    "exit",
    "exit 0\nfalse",
    "(exit 5)",
    'y=$(exit 6) || echo "$?"',
    "exit 256\n",
    "exit nonsense",
    'echo "$x $$"; [ "$$" = "$BASHPID" ]',
  );
  expect(ends(done)).toEqual([
    "command-failed 3",
    "command-failed 4",
    "passed",
    "passed",
    "command-failed 5",
    "passed",
    "passed",
    "command-failed 2",
    "passed",
  ]);
  expect(done.output("s2")).toBe("");
  expect(done.output("s6")).toBe("6\n");
  expect(done.output("s9")).toMatch(/^1 \d+\n$/);
});

test("return ends its step as in a sourced file", async () => {
  const done = await run("return 3\necho no", "f() { return 4; }\nf || echo $?", "return 0\nfalse", "echo on");
  expect(ends(done)).toEqual(["command-failed 3", "passed", "passed", "passed"]);
  expect(done.output("s1") + done.output("s2") + done.output("s3")).toBe("4\n");
});

test("set -x and set -v end with their step", async () => {
  const done = await run("set -xv\necho one", "echo two", "case $- in *[xv]*) echo on ;; *) echo off ;; esac");
  expect(done.output("s1")).toBe("one\n");
  expect(done.output("s1", "stderr")).toContain("+ echo one");
  expect(done.output("s2", "stderr") + done.output("s3", "stderr")).toBe("");
  expect(done.output("s3")).toBe("off\n");
});

test("set +e, +u and +o pipefail hold for their step alone, other options carry", async () => {
  const done = await run(
    'set +e +u +o pipefail\nset -f -C\nfalse\nfalse | true\necho "[${nothing}]"',
    "echo *\nfalse\necho no",
    "false | true\necho no",
    'echo "$nothing"\necho no',
    "echo x >/dev/null\ncase $- in *f*C*) echo both ;; esac",
  );
  expect(ends(done)).toEqual(["passed", "command-failed 1", "command-failed 1", "command-failed 1", "passed"]);
  expect(done.output("s1")).toBe("[]\n");
  expect(done.output("s2")).toBe("*\n");
  expect(done.output("s3") + done.output("s4")).toBe("");
  expect(done.output("s5")).toBe("both\n");
});

test("a command substitution fails at its first failing command", async () => {
  const done = await run("x=$(false; echo hi)\necho no", "echo $(false; echo hi)");
  expect(ends(done)).toEqual(["command-failed 1", "passed"]);
  expect(done.output("s1") + done.output("s2")).toBe("\n");
});

test("an EXIT trap runs once, when the target's shell ends", async () => {
  const place = makePlace({});
  const file = join(place.work, "trap");
  const steps: [string, string][] = [
    ['sh step="a"', `trap 'echo "$x" >>${file}' EXIT\nx=1`],
    ['sh step="b"', "false"],
    ['sh step="c"', `exit 3`],
    ['sh step="d"', `[ ! -e ${file} ] && x=2`],
    ['sh guard="d"', "(false)"],
  ];
  const done = await runPage(makePlace({ "page.md": pageOf(steps) }), { keepGoing: true });
  expect(done.steps.get("page/d")?.outcome).toBe("passed");
  expect(readFileSync(file, "utf8")).toBe("2\n");
});

test("an EXIT trap can be taken away again, and that of a subshell is its own", async () => {
  const place = makePlace({});
  const file = join(place.work, "trap");
  const done = await run(
    `trap 'touch ${file}' EXIT\n(trap 'echo inner' EXIT; true)`,
    "trap - EXIT",
    `x=$(trap 'echo sub' EXIT)\necho "$x"`,
  );
  expect(done.output("s1") + done.output("s3")).toBe("inner\nsub\n");
  expect(existsSync(file)).toBe(false);
});

test("ERR and DEBUG traps carry from step to step until they are taken away", async () => {
  const done = await run(
    "trap 'echo \"err $?\"' ERR",
    "false",
    "trap - ERR",
    "false",
    "trap ': debug; n=$((${n-0} + 1))' DEBUG",
    'before=$n\n:\n:\n[ "$n" -gt "$before" ] && echo counted',
    "false",
    'before=$n\n:\n:\n[ "$n" -gt "$before" ] && echo counted',
    "trap - DEBUG",
    'before=$n\n:\n:\n[ "$n" = "$before" ] && echo still',
  );
  expect([done.output("s2"), done.output("s4")]).toEqual(["err 1\n", ""]);
  expect([done.output("s6"), done.output("s8"), done.output("s10")]).toEqual(["counted\n", "counted\n", "still\n"]);
  expect(ends(done).filter((end) => end !== "passed")).toEqual(Array(3).fill("command-failed 1"));
});

test("traps of signals carry", async () => {
  const done = await run(
    "trap 'echo usr1' USR1",
    "kill -s USR1 $$\ntrue",
    "trap '' TERM",
    "kill -s TERM $$\necho alive",
  );
  expect(done.output("s2")).toBe("usr1\n");
  expect(done.output("s4")).toBe("alive\n");
});

test("what exec redirects ends with the step", async () => {
  const place = makePlace({});
  const done = await run(
    `exec >${place.work}/out 2>&1\necho hidden\nls /nonexistent || true`,
    "echo shown\necho err >&2",
    "exec </dev/zero\nhead -c 1 | wc -c",
    "wc -c",
    `exec 5>${place.work}/five\nexec >&5\necho five`,
    "echo last",
    "exec >&-\nexec 2>&-\ntrue",
    "echo after",
  );
  expect(readFileSync(join(place.work, "out"), "utf8")).toContain("hidden\n");
  expect(done.output("s1")).toBe("");
  expect([done.output("s2"), done.output("s2", "stderr")]).toEqual(["shown\n", "err\n"]);
  expect([done.output("s3"), done.output("s4"), done.output("s6")]).toEqual(["1\n", "0\n", "last\n"]);
  expect(readFileSync(join(place.work, "five"), "utf8")).toBe("five\n");
  expect(done.output("s8")).toBe("after\n");
});

test("exec of a command replaces the shell: that step fails, the next has the state from before", async () => {
  const done = await run("x=kept", "x=lost\nexec true", 'echo "$x"', "exec false", "exec /nonexistent", 'echo "$x"');
  expect(ends(done)).toEqual(["passed", "shell-died 0", "passed", "shell-died 1", "shell-died 127", "passed"]);
  expect(done.output("s3") + done.output("s6")).toBe("kept\nkept\n");
});

const builtins = ["echo", "printf", "cd", "trap", "eval", "builtin", "read", "declare", "unset", "exit"];
const more = ["set", "shopt", "source", "local", "export", "command", "test", "umask", "alias", "kill", "exec", "pwd"];

test.each([...builtins, ...more])("a function named %s changes nothing between steps", async (name) => {
  const done = await run(
    `x=1\n${name}() { /bin/echo "mine: ${name}"; }`,
    `x=2\ny=3\n${name} a b`,
    "/bin/false\n/bin/echo no",
    'y=$x$y\n/bin/echo "$y"',
  );
  expect(done.output("s2")).toBe(`mine: ${name}\n`);
  expect(ends(done)).toEqual(["passed", "passed", "command-failed 1", "passed"]);
  expect(done.output("s4")).toBe("23\n");
});

test("all of them at once, also in a shell that was started anew", async () => {
  const all = [...builtins, ...more].map((name) => `${name}() { /bin/echo "mine: ${name}"; }`).join("\n");
  const done = await run(
    `IFS=:\numask 027\ncd /usr\ntrap 'x=trapped' USR1\nf() { /bin/echo "f $x"; }\nx=1\n${all}`,
    "x=2\n/bin/kill -s KILL $$",
    'f\necho\n/bin/kill -s USR1 $$\nf\n/bin/pwd\n/bin/sh -c umask\n/bin/echo "[$IFS]"\nprintf x\nread x',
  );
  expect(ends(done)).toEqual(["passed", "shell-died 137", "passed"]);
  expect(done.output("s3")).toBe("f 1\nmine: echo\nf trapped\n/usr\n0027\n[:]\nmine: printf\nmine: read\n");
});

test("readonly variables, also IFS and the shell's own, carry and stay readonly", async () => {
  const done = await run(
    "readonly X=1 IFS=, PS4=% LC_ALL=C.UTF-8 REPLY=r\ndeclare -r POSIXLY=1",
    'a="1,2,3"\nfor i in $a; do echo "$i"; done',
    "X=2\necho no",
    'echo "$X"\ncase $a in 1,2,3) echo kept ;; esac',
    "kill -9 $$",
    'for i in $a; do echo "$i"; done\nX=2',
  );
  expect(done.output("s2")).toBe("1\n2\n3\n");
  expect(done.output("s3")).toBe("");
  expect(ends(done)).toEqual(["passed", "passed", "command-failed 1", "passed", "shell-died 137", "command-failed 1"]);
  expect(done.output("s4")).toBe("1\nkept\n");
  expect(done.output("s6")).toBe("1\n2\n3\n");
});

test("a changed IFS carries and disturbs nothing", async () => {
  const done = await run(
    "IFS=' 0123456789'",
    'x=a1b\nset -- $x\necho "$#"',
    "unset IFS",
    "x='a b c'\nset -- $x\necho \"$#\"",
  );
  expect(done.output("s2") + done.output("s4")).toBe("2\n3\n");
});

test("a folder that is removed under the shell does not stop it", async () => {
  const place = makePlace({});
  const done = await run(
    `mkdir ${place.work}/d\ncd ${place.work}/d\nrmdir ${place.work}/d`,
    "echo on",
    "pwd",
    "cd /\npwd",
  );
  expect(ends(done)).toEqual(["passed", "passed", "passed", "passed"]);
  expect(done.output("s2") + done.output("s4")).toBe("on\n/\n");
});

test("a step's stdin is empty, and reading it takes nothing of the steps to come", async () => {
  const done = await run("cat\nread -r x || echo eof\nwc -c", "bash -s <&0", "echo on");
  expect(done.output("s1") + done.output("s3")).toBe("eof\n0\non\n");
});

test("output without a last line feed stays its step's", async () => {
  const done = await run("printf one\nprintf err >&2", "printf two");
  expect([done.output("s1"), done.output("s1", "stderr"), done.output("s2")]).toEqual(["one", "err", "two"]);
});

test("output arrives byte for byte, whatever is in it", { timeout: 60_000 }, async () => {
  const place = makePlace({});
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(fc.constantFrom("\x1e", "\x1f", "\0", "\ufeff", "ä", "€", "😀", "\r\n", "D 1 0", "\x1e\x1f"))
      .map((parts) => Buffer.from(parts.join(""))),
  );
  const samples = fc.sample(bytes, 120).map((sample) => Buffer.from(sample));
  samples.push(randomBytes(300_000), Buffer.from("\ufeffmark"), Buffer.from([0xf0, 0x9f]), Buffer.from([0x1e]));
  for (const [index, sample] of samples.entries()) writeFileSync(join(place.work, String(index)), sample);
  const steps = samples.map((_, index): [string, string] => [
    `sh step="n${index}"`,
    `cat ${place.work}/${index}\ncat ${place.work}/${index} >&2`,
  ]);
  const done = await runPage(makePlace({ "page.md": pageOf(steps) }));
  for (const [index, sample] of samples.entries()) {
    expect(done.output(`n${index}`)).toBe(sample.toString("utf8"));
    expect(done.output(`n${index}`, "stderr")).toBe(sample.toString("utf8"));
  }
});

test("characters that come in pieces stay whole", async () => {
  const done = await run(
    "printf '\\xe2'; sleep 0.2; printf '\\x82'; sleep 0.2; printf '\\xac'",
    "printf '\\xe2'",
    "printf x",
  );
  expect([done.output("s1"), done.output("s2"), done.output("s3")]).toEqual(["€", "\ufffd", "x"]);
});

test("a line of 100 MB passes", { timeout: 60_000 }, async () => {
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="s1"', "head -c 100000000 /dev/zero | tr '\\0' x"],
      ['sh step="s2"', "echo on"],
    ]),
  });
  let length = 0;
  let longest = 0;
  const done = await runPage(place, {
    onEvent: (event) => {
      if (event.type !== "output" || event.step !== "s1") return;
      length += event.text.length;
      longest = Math.max(longest, Buffer.byteLength(event.text));
    },
  });
  expect(length).toBe(100_000_000);
  expect(longest).toBeLessThanOrEqual(65_536);
  expect(done.output("s2")).toBe("on\n");
});

test("a background process that holds the output open holds up neither step nor run, and ends with the run", async () => {
  const place = makePlace({});
  const begun = performance.now();
  const done = await run(
    `sh -c 'echo $$ >${place.work}/pid; exec sleep 30' &\necho started\nwhile [ ! -s ${place.work}/pid ]; do sleep 0.02; done`,
    `kill -0 "$(cat ${place.work}/pid)" && jobs -p | wc -l`,
  );
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(done.output("s1")).toBe("started\n");
  expect(done.output("s2")).toBe("1\n");
  expect(isAlive(readFileSync(join(place.work, "pid"), "utf8").trim())).toBe(false);
});

test("a syntax error fails its step alone, at its place", async () => {
  const texts = ["x=1", 'eval "if"', 'echo "$x"'];
  const done = await run(...texts);
  expect(ends(done)).toEqual(
    ["passed", "command-failed 2", "passed"].map((end, index) =>
      index === 1 ? expect.stringMatching(/^command-failed [12]$/) : end,
    ),
  );
  expect(failedAt(done, "s2", texts)).toBe('eval "if"');
  expect(done.output("s3")).toBe("1\n");
});

test("a step that kills its own shell is told as that, and the state from before it carries on", async () => {
  const done = await run("x=1\ncd /usr", "x=2\nkill -9 $$", 'echo "$x"\npwd', "kill -s TERM $$\nsleep 5", 'echo "$x"');
  expect(ends(done)).toEqual(["passed", "shell-died 137", "passed", "shell-died 143", "passed"]);
  expect(done.steps.get("page/s2")?.error?.message).toContain("killed");
  expect(done.output("s3") + done.output("s5")).toBe("1\n/usr\n1\n");
});

test("an unset variable under set -u fails at its line, keeps what the step did before, and costs no state", async () => {
  const texts = ['f() { echo "f $x"; }\nx=1', 'x=2\n\necho "$nothing"\nx=3', "f", "y=${nothing:?gone}", "f"];
  const done = await run(...texts);
  expect(ends(done)).toEqual([
    "passed",
    "command-failed 1",
    "passed",
    expect.stringMatching(/command-failed/),
    "passed",
  ]);
  expect(failedAt(done, "s2", texts)).toBe('echo "$nothing"');
  expect(failedAt(done, "s4", texts)).toBe("y=${nothing:?gone}");
  expect(done.output("s3") + done.output("s5")).toBe("f 2\nf 2\n");
});

const places: [string, string[], string][] = [
  ["a plain command", ["true\n\n  false  \ntrue"], "false"],
  ["a command that is not there", ["true\nno-such-command a b"], "no-such-command a b"],
  ["a function of the same step", ["f() {\n  true\n  false\n}\nf"], "false"],
  ["a function of an earlier step", ["f() {\n  true\n  grep -q x /dev/null\n}", "true\nf"], "grep -q x /dev/null"],
  [
    "a function of an earlier step in a shell started anew (its call)",
    ["f() {\n  true\n  false\n}", "kill -9 $$", "true\nf"],
    "f",
  ],
  ["a loop", ["for i in 1 2 3; do\n  [ $i -lt 2 ]\ndone"], "[ $i -lt 2 ]"],
  ["a while loop in a brace group", ["{\n  while true; do\n    false\n  done\n}"], "false"],
  ["a pipeline", ["true |\n  false |\n  cat"], ""],
  ["a subshell on several lines", ["(\n  true\n  ls /nonexistent\n  true\n)"], "ls /nonexistent"],
  ["a command substitution on several lines", ["x=$(\n  true\n  ls /nonexistent\n)"], "x=$("],
  ["a continued line", ["true\ngrep -q \\\n  x \\\n  /dev/null\ntrue"], "grep -q \\"],
  ["eval", ["true\neval 'true; false'"], "eval 'true; false'"],
  ["a case", ["case x in\n  x)\n    false\n    ;;\nesac"], "false"],
  ["exit in a function", ["f() {\n  exit 3\n}\nf"], "exit 3"],
  ["a test in double brackets", ["true\n[[ a == b ]]"], "[[ a == b ]]"],
  ["arithmetic", ["true\n((0))"], "((0))"],
  ["a heredoc's command", ["true\ngrep -q x <<EOF\na\nb\nEOF\ntrue"], "grep -q x <<EOF"],
];

test.each(places)("the failing command's own place: %s", async (_name, texts, expected) => {
  const done = await run(...texts);
  const at = failedAt(done, `s${texts.length}`, texts);
  expect(done.steps.get(`page/s${texts.length}`)?.outcome).toBe("failed");
  if (expected === "") expect(["true |", "false |"]).toContain(at?.trim());
  else expect(at?.trim()).toBe(expected);
});

test("the place of a failure in a file that a step sources is the line that sources it", async () => {
  const place = makePlace({});
  writeFileSync(join(place.work, "lib.sh"), "true\ntrue\ntrue\nfalse\n");
  const texts = [`true\n. ${place.work}/lib.sh`];
  expect(failedAt(await run(...texts), "s1", texts)).toBe(`. ${place.work}/lib.sh`);
});

test("aliases, umask, shopt, options, directory stack's folder and positional state carry as in a terminal", async () => {
  const done = await run(
    "shopt -s expand_aliases extglob nullglob\nalias ll='echo aliased'\numask 077\nset -o noglob\ncd /usr",
    "ll x\numask\npwd\nshopt -q extglob nullglob && echo globs\necho *",
    "unalias ll\numask 022\nset +o noglob",
    "umask\n(ll) 2>/dev/null || echo gone",
  );
  expect(done.output("s2")).toBe("aliased x\n0077\n/usr\nglobs\n*\n");
  expect(done.output("s4")).toBe("0022\ngone\n");
});

test("variables of every kind carry, also into a shell started anew", async () => {
  const make = `a=(1 "two words" $'three\\nlines')\ndeclare -A m=([k]=v ["a b"]='c"d')\ndeclare -i n=5\nexport e='ex port'\ns=$'\\x01\\x1d\\x1e\\x7f\\xff€'\nempty=\nlocal_like() { local z=1; declare -g g=global; }\nlocal_like\nexport -f local_like`;
  const show = `n=n+1\nprintf '<%s>' "\${a[@]}" "\${m[k]}" "\${m[a b]}" "$n" "$e" "$empty" "$g"\nprintf %s "$s" | od -An -tx1\nbash -c 'local_like && echo exported $e'`;
  const done = await run(make, show, "kill -9 $$", show.replace("n=n+1", "n=n+1+0"));
  expect(done.output("s2")).toBe(
    '<1><two words><three\nlines><v><c"d><6><ex port><><global> 01 1d 1e 7f ff e2 82 ac\nexported ex port\n',
  );
  expect(done.output("s4")).toBe(done.output("s2").replace("<6>", "<7>"));
});

test("set -- and shift carry as in a terminal", async () => {
  const done = await run("set -- a 'b c' d", 'shift\necho "$# $1"');
  expect(done.output("s2")).toBe("2 b c\n");
});

test("a coprocess and a process substitution work", async () => {
  const done = await run(
    'coproc cat\necho hi >&"${COPROC[1]}"\nread -r x <&"${COPROC[0]}"\necho "$x"',
    "cat <(echo sub) | tee >(cat >/dev/null)",
  );
  expect([done.output("s1"), done.output("s2")]).toEqual(["hi\n", "sub\n"]);
});

test("a step that fails in a condition or before || goes on", async () => {
  const done = await run(
    "f() { false; echo in; }\nif f; then echo yes; fi\nfalse || true\n! true\nwhile false; do :; done\necho end",
  );
  expect(done.output("s1")).toBe("in\nyes\nend\n");
});
