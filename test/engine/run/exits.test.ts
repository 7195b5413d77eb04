import { expect, test } from "vitest";
import { makePlace, type PageRun, pageOf, runPage } from "../support/run-page.ts";
import { ends } from "../support/steps.ts";

/** Runs one step after another with their info strings, whatever becomes of them. */
async function runAll(...steps: [info: string, text: string][]): Promise<PageRun> {
  return await runPage(makePlace({ "page.md": pageOf(steps) }), { keepGoing: true });
}

test("a step passes when it ends with a status that it is meant to end with, and its state carries on", async () => {
  const done = await runAll(
    ['sh step="one" exits="1"', "x=1\nfalse\nx=2"],
    ['sh step="after"', 'echo "$x"'],
    ['sh step="missing" exits="0 127"', "no-such-command"],
    ['sh step="well" exits="0 127"', "true"],
    ['sh step="exit" exits="3"', "(exit 2) || exit 3"],
    ['sh step="unset" exits="1"', 'echo "$nothing"'],
    ['sh step="killed" exits="143"', "sh -c 'kill -s TERM $$'"],
  );
  expect(ends(done)).toEqual(Array(7).fill("passed"));
  expect([...done.steps.values()].map(({ exitCode }) => exitCode)).toEqual([1, 0, 127, 0, 3, 1, 143]);
  expect(done.output("after")).toBe("1\n");
});

test("a step that ends with another status fails, and says which was meant", async () => {
  const done = await runAll(
    ['sh step="well" exits="1"', "true"],
    ['sh step="other" exits="1 3"', "true\n  (exit 2)"],
    ['sh step="usual"', "(exit 2)"],
    ['sh step="dead" exits="137"', "kill -s KILL $$"],
  );
  expect(ends(done)).toEqual(["unexpected-exit 0", "unexpected-exit 2", "command-failed 2", "shell-died 137"]);
  expect(done.steps.get("page/well")?.error?.message).toBe(
    "The step is meant to end with exit 1, and ended with exit 0: success.",
  );
  expect(done.steps.get("page/other")?.error).toMatchObject({ line: 15, column: 3 });
  expect(done.steps.get("page/other")?.error?.message).toContain("exit 1 or 3, and ended with exit 2");
});

test("a step that is meant to fail is proved and tried again like any other", async () => {
  const place = makePlace({});
  const page = pageOf([
    [
      'sh step="again" exits="1" retry="3"',
      `echo x >>${place.work}/tries; [ "$(wc --lines <${place.work}/tries)" = 1 ]`,
    ],
    ['sh proof="again"', "[ 1 = 2 ]"],
  ]);
  const done = await runPage(makePlace({ "page.md": page }), { keepGoing: true });
  expect(ends(done)).toEqual(["proof-failed 1"]);
});

test("a session runs its commands alone, and what it prints is compared", async () => {
  const page = [
    ['console step="right"', "$ echo one\none\n$ cat <<EOF\n> a\n>\n> EOF\na\n\n$ x=1"],
    ['console step="differs"', '$ echo "$x"\n1\n$ echo two\n2'],
    ['console step="fails" exits="1"', "$ echo before\nbefore\n$ false\n$ echo never"],
    ['console step="silent"', "$ echo nothing is shown of this"],
    ['console step="broken"', "$ echo one\none\nand\nmore\n$ (exit 4)"],
  ] satisfies [string, string][];
  const done = await runAll(...page);
  expect(ends(done)).toEqual(["passed", "passed", "passed", "passed", "command-failed 4"]);
  expect(done.output("right")).toBe("one\na\n\n");
  const warned = [...done.steps.values()].flatMap(({ warnings = [] }) => warnings);
  const lines = pageOf(page).split("\n");
  expect(warned.map(({ line }) => lines[line - 1])).toEqual(["2"]);
  const { line, column } = done.steps.get("page/broken")?.error ?? { line: 0, column: 0 };
  expect(lines[line - 1]?.slice(column - 1)).toBe("(exit 4)");
});
