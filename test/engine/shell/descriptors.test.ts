import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";
import { ends, run } from "../support/steps.ts";

test("a page's descriptors are its own, whatever their number, and carry from step to step", async () => {
  const { work } = makePlace({});
  const done = await run(
    'for n in 3 9 10 11 12 13 200 248 249 250 251 255 1000; do eval "exec $n>' +
      work +
      '/$n"; done\nls /proc/$$/fd | sort -n | tr "\\n" " "',
    'for n in 3 9 10 11 12 13 200 248 249 250 251 255 1000; do eval "echo to $n >&$n"; done\necho out\necho err >&2',
    "exec 10<&- 11>&- 12<&- 250>&-\necho closed",
    "echo eleven >&11",
    'exec 10</etc/hostname\nread -r -u 10 x\n[ -n "$x" ]\nexec 200>&-\nexec 1000>&-\nexec {own}</dev/null\necho $((own >= 10))',
    "echo on",
  );
  expect(ends(done)).toEqual(["passed", "passed", "passed", "command-failed 1", "passed", "passed"]);
  for (const n of [3, 9, 10, 11, 12, 13, 200, 248, 249, 250, 251, 255, 1000])
    expect(readFileSync(join(work, String(n)), "utf8")).toBe(`to ${n}\n`);
  expect([done.output("s2"), done.output("s2", "stderr")]).toEqual(["out\n", "err\n"]);
  expect([done.output("s3"), done.output("s5"), done.output("s6")]).toEqual(["closed\n", "1\n", "on\n"]);
});

test("a child of a step gets no descriptor of the runner's", async () => {
  const done = await run("echo x", "ls /proc/self/fd", `bash -c 'ls /proc/$$/fd'`);
  // What the caller of the tests left open, every process has.
  const inherited = readdirSync("/proc/self/fd");
  const mine = (step: string) =>
    done
      .output(step)
      .trim()
      .split("\n")
      .filter((n) => !inherited.includes(n) || Number(n) < 3);
  expect(mine("s2")).toEqual(["0", "1", "2", "3"].filter((n) => n !== "3" || !inherited.includes("3")));
  expect(mine("s3").slice(0, 3)).toEqual(["0", "1", "2"]);
});

test("a lock on a descriptor is held from step to step", async () => {
  const { work } = makePlace({});
  const done = await run(
    `exec 9>${work}/lock\nflock -n 9`,
    `flock -n ${work}/lock true && echo free || echo held`,
    "exec 9>&-",
    `flock -n ${work}/lock true && echo free || echo held`,
  );
  expect([done.output("s2"), done.output("s4")]).toEqual(["held\n", "free\n"]);
});

test("an EXIT trap that ends its whole process group, and `wait`, end nothing of the runner's", async () => {
  const done = await run("trap 'kill 0' EXIT\nwait\necho d", "sleep 300 & wait -n 2>/dev/null & echo e", "echo f");
  expect(ends(done)).toEqual(["passed", "passed", "passed"]);
  expect(done.output("s3")).toBe("f\n");
  expect(done.result.outcome).toBe("passed");
});

test("few descriptors are enough", async () => {
  const steps: [string, string][] = [
    ['sh step="few"', "ulimit -n 20\nexec 5>/dev/null\necho one"],
    ['sh step="on"', "x=$(echo two | cat)\necho $x"],
    ['sh step="dies"', "kill -9 $$"],
    ['sh step="after"', "ulimit -n\necho three"],
  ];
  const done = await runPage(makePlace({ "page.md": pageOf(steps) }), { keepGoing: true });
  expect(ends(done)).toEqual(["passed", "passed", "shell-died 137", "passed"]);
  expect([done.output("on"), done.output("after")]).toEqual(["two\n", "20\nthree\n"]);
});
