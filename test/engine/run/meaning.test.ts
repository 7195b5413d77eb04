import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";

const run = (steps: [string, string][], head = "", options = {}) =>
  runPage(makePlace({ "page.md": pageOf(steps, head) }), options);

test("state carries from step to step", async () => {
  const { output, result } = await run([
    ['sh step="set"', "x='a  b'\nf() { echo \"f $x\"; }\ncd /\numask 027"],
    ['sh step="use"', "f\npwd\numask"],
  ]);
  expect(output("use")).toBe("f a  b\n/\n0027\n");
  expect(result).toMatchObject({ outcome: "passed", exitCode: 0 });
});

test("state carries past a step that fails", async () => {
  const { output, steps, result } = await run(
    [
      ['sh step="set"', "x=1"],
      ['sh step="fail"', "x=2\nfalse\nx=3"],
      ['sh step="use"', 'echo "$x"'],
    ],
    "",
    { keepGoing: true },
  );
  expect(steps.get("page/fail")).toMatchObject({ outcome: "failed", exitCode: 1, error: { line: 15, column: 1 } });
  expect(output("use")).toBe("2\n");
  expect(result.exitCode).toBe(1);
});

test("steps after one that failed are cancelled", async () => {
  const { steps } = await run([
    ['sh step="fail"', "exit 3"],
    ['sh step="never"', "echo no"],
  ]);
  expect(steps.get("page/fail")).toMatchObject({ outcome: "failed", exitCode: 3 });
  expect(steps.get("page/never")).toMatchObject({ outcome: "cancelled" });
});

test("when that says no skips the step with what it printed, and its proofs do not run", async () => {
  const { steps } = await run([
    ['sh step="a"', "echo ran"],
    ['sh when="a"', 'echo "not on this host"\nfalse'],
    ['sh proof="a"', "false"],
  ]);
  expect(steps.get("page/a")).toMatchObject({ outcome: "skipped", reason: "when", detail: "not on this host" });
});

test("a guard that holds skips, one that is missing a command is broken and nothing runs", async () => {
  const held = await run([
    ['sh step="a"', "echo ran"],
    ['sh guard="a"', "true"],
  ]);
  expect(held.steps.get("page/a")).toMatchObject({ outcome: "skipped", reason: "guard" });
  const broken = await run([
    ['sh step="a"', "echo ran"],
    ['sh guard="a"', "no-such-command"],
  ]);
  expect(broken.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "guard-broken", line: 14 } });
  expect(broken.output("a")).toBe("");
});

test("a guard runs without pipefail and changes no state", async () => {
  const { steps, output } = await run([
    ['sh step="a"', "x=1"],
    ['sh step="b"', 'echo "x=$x"'],
    ['sh guard="b"', "x=2\ncd /\nyes | head -n 1 | grep --quiet no"],
  ]);
  expect(steps.get("page/b")?.outcome).toBe("passed");
  expect(output("b")).toBe("x=1\n");
});

test("a step without a guard is guarded by its proofs", async () => {
  const place = makePlace({});
  const steps: [string, string][] = [
    ['sh step="a"', `touch ${place.work}/there`],
    ['sh proof="a"', `[ -e ${place.work}/there ]`],
  ];
  const other = makePlace({ "page.md": pageOf(steps) });
  const first = await runPage(other);
  expect(first.steps.get("page/a")?.outcome).toBe("passed");
  const second = await runPage(other);
  expect(second.steps.get("page/a")).toMatchObject({ outcome: "skipped", reason: "guard" });
});

test("a proof is polled for as long as it says, and a proof that never holds fails the step at its own place", async () => {
  const place = makePlace({});
  const held = await run([
    ['sh step="a"', `(sleep 0.5; touch ${place.work}/late) &`],
    ['sh proof="a" within="10s"', `[ -e ${place.work}/late ]`],
  ]);
  expect(held.steps.get("page/a")?.outcome).toBe("passed");
  const failed = await run([
    ['sh step="a"', "true"],
    ['sh proof="a" within="200ms"', "true\nfalse"],
  ]);
  expect(failed.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "proof-failed", line: 15 } });
});

test("retry tries as often as it says", async () => {
  const place = makePlace({});
  const { steps, output } = await run([
    ['sh step="a" retry="3"', `echo x >>${place.work}/n\necho try\n[ "$(wc -l <${place.work}/n)" -eq 3 ]`],
  ]);
  expect(steps.get("page/a")?.outcome).toBe("passed");
  expect(output("a")).toBe("try\ntry\ntry\n");
});

test("a timeout ends all that the step started, what leads its own session and traps TERM too", async () => {
  const place = makePlace({});
  const { steps, output } = await run(
    [
      [
        'sh step="slow" timeout="500ms"',
        `setsid sh -c 'trap "" TERM; while :; do echo x >>${place.work}/tick; sleep 0.1; done' &\nsleep 100`,
      ],
      ['sh step="after"', "echo alive"],
    ],
    "",
    { keepGoing: true },
  );
  expect(steps.get("page/slow")).toMatchObject({ outcome: "failed", error: { code: "timeout" } });
  expect(output("after")).toBe("alive\n");
  const ticks = readFileSync(join(place.work, "tick"), "utf8").length;
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(readFileSync(join(place.work, "tick"), "utf8").length).toBe(ticks);
});

test("what a step sets reaches every later step; left unset it is an error", async () => {
  const { output } = await run(
    [
      ['sh step="find" sets="IP"', "IP='10.0.3.7'"],
      ['sh step="use" on="inner"', 'printf "%s" "$IP"'],
    ],
    '  targets:\n    inner: env INNER="$IP"\n',
  );
  expect(output("use")).toBe("10.0.3.7");
  const missing = await run([['sh step="find" sets="IP"', "true"]]);
  expect(missing.steps.get("page/find")).toMatchObject({ outcome: "failed", error: { code: "sets-missing" } });
});

test("a file step writes atomically, replaces a link, is guarded by its bytes and undone by nothing else", async () => {
  const place = makePlace({});
  const path = join(place.work, "deep/er/file.conf");
  const page = pageOf(
    [['ini step="conf" file="$WORK/deep/er/file.conf" mode="0640"', "name = $NAME\nother = $OTHER"]],
    `  params:\n    WORK: { default: "${place.work}" }\n    NAME: { default: "a $b \\"c\\"" }\n`,
  );
  const other = makePlace({ "page.md": page });
  expect((await runPage(other)).steps.get("page/conf")?.outcome).toBe("passed");
  expect(readFileSync(path, "utf8")).toBe('name = a $b "c"\nother = $OTHER\n');
  expect((await runPage(other)).steps.get("page/conf")).toMatchObject({ outcome: "skipped", reason: "guard" });
  const target = join(place.work, "target");
  writeFileSync(target, "keep");
  const { rmSync } = await import("node:fs");
  rmSync(path);
  symlinkSync(target, path);
  expect((await runPage(other)).steps.get("page/conf")?.outcome).toBe("passed");
  expect(readFileSync(target, "utf8")).toBe("keep");
});

test("output that differs is a warning with its place", async () => {
  const { steps } = await run([
    ['sh step="a"', "echo one; echo 10.0.3.1; echo three"],
    ['text output="a"', "one\n<ip>\nfour"],
  ]);
  expect(steps.get("page/a")).toMatchObject({ outcome: "passed", warnings: [{ code: "output-differs", line: 16 }] });
});

test("danger asks, and a no runs nothing", async () => {
  const place = makePlace({});
  const steps: [string, string][] = [['sh step="a" danger="formats the disk"', `touch ${place.work}/done`]];
  const asked: string[] = [];
  const refused = await run(steps, "", {
    ask: async (question: { text: string }) => {
      asked.push(question.text);
      return false;
    },
  });
  expect(asked).toEqual(["page/a: formats the disk"]);
  expect(refused.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "refused" } });
  expect(existsSync(join(place.work, "done"))).toBe(false);
  await run(steps, "", { yes: true });
  expect(existsSync(join(place.work, "done"))).toBe(true);
});

test("a computed default sees the values above it and is worked out on the host", async () => {
  const { output, events } = await run(
    [['sh step="a"', 'echo "$B"']],
    "  params:\n    A: { default: one }\n    B: { default: { command: 'echo \"$A-two\"', example: x } }\n",
  );
  expect(output("a")).toBe("one-two\n");
  expect(events.find((event) => event.type === "run-started")).not.toHaveProperty("values.B");
  expect(events.find((event) => event.type === "values")).toMatchObject({ values: { B: "one-two" } });
});

test("required runbooks run first, with the same values", async () => {
  const page = (id: string, requires: string) =>
    `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires}]\n  params:\n    X: { default: x }\n---\n\n\`\`\`sh step="s"\necho "${id} $X"\n\`\`\`\n`;
  const place = makePlace({ "a.md": page("a", ""), "b.md": page("b", "a"), "page.md": page("page", "b, a") });
  const { events, output } = await runPage(place, { given: { X: "y" } });
  expect(events.flatMap((event) => (event.type === "step-started" ? [event.runbook] : []))).toEqual(["a", "b", "page"]);
  expect(output("a/s")).toBe("a y\n");
});

test("an interrupt ends the step and cancels the rest", async () => {
  const abort = new AbortController();
  const { result, steps } = await run(
    [
      ['sh step="a"', "echo begun\nsleep 100"],
      ['sh step="b"', "echo no"],
    ],
    "",
    {
      interrupt: abort.signal,
      onEvent: (event: { type: string }) => {
        if (event.type === "output") abort.abort();
      },
    },
  );
  expect(result).toMatchObject({ outcome: "cancelled", exitCode: 130 });
  expect(steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "interrupted" } });
  expect(steps.get("page/b")?.outcome).toBe("cancelled");
});
