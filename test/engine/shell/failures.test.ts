import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace } from "../support/run-page.ts";
import { ends, failedAt, run } from "../support/steps.ts";

test("a syntax error fails its step alone, at its place", async () => {
  const texts = ["x=1", 'eval "if"', 'echo "$x"'];
  const done = await run(...texts);
  expect(ends(done)).toEqual(
    ["passed", "command-failed 2", "passed"].map((end, index) =>
      index === 1 ? expect.stringMatching(/^command-failed [12]$/) : end,
    ),
  );
  expect(failedAt(done, "s2", texts)).toBe('eval "if"');
  expect(done.output("s2", "stderr")).toMatch(/page\.md: eval: line \d+: syntax error/);
  expect(done.output("s2", "stderr")).not.toContain("/dev/fd/");
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
