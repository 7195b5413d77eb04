import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";
import { ends, run } from "../support/steps.ts";

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
