import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";
import { ends } from "../support/steps.ts";
import { canMount, shNames, targetWith } from "../support/with-sh.ts";

const targets = [true, false].flatMap((proc) =>
  shNames.map((name) => ({ command: targetWith(name, { proc }), proc, name: proc ? name : `${name} without /proc` })),
);

describe.runIf(canMount).each(targets)("on a target whose only shell is $name", ({ command, proc }) => {
  test("a page's descriptors are its own, whatever becomes of them", async () => {
    const { work } = makePlace({});
    const each = "for n in 3 4 5 6 7 8 9; do";
    const texts = [
      `${each} eval "exec $n>${work}/$n"; done\n${each} eval "echo to $n >&$n"; done\necho out\necho err >&2`,
      'for n in 3 4 5 6 7; do eval "echo on $n >&$n"; done\necho on\ncat',
      `exec 9>${work}/nine >/dev/null 2>&1 </etc/hostname\necho lost`,
      `${each} eval "exec $n>&-"; done\necho closed\ncat\necho err >&2`,
      `exec 9>${work}/late >${work}/out\necho into\nfalse`,
      "echo after\ncat\nexec 0<&- 1>&- 2>&-",
      "exec 8<&0 9>&1\necho duplicated >&9\n(exit 3)",
      "echo end",
    ];
    const steps = texts.map((text, at): [string, string] => [`sh step="s${at + 1}" on="box"`, text]);
    const head = `  targets:\n    box: ${JSON.stringify(command)}\n`;
    const done = await runPage(makePlace({ "page.md": pageOf(steps, head) }), { keepGoing: true });
    const passed = "passed";
    const failed = expect.stringMatching(/^command-failed [13]$/);
    expect(ends(done)).toEqual([passed, passed, passed, passed, failed, passed, failed, passed]);
    const printed = texts.map((_, at) => done.output(`s${at + 1}`));
    expect(printed).toEqual(["out\n", "on\n", "", "closed\n", "", "after\n", "duplicated\n", "end\n"]);
    expect([done.output("s1", "stderr"), done.output("s4", "stderr")]).toEqual(["err\n", "err\n"]);
    for (const n of [3, 4, 5, 6, 7]) expect(readFileSync(join(work, String(n)), "utf8")).toBe(`to ${n}\non ${n}\n`);
    for (const n of [8, 9]) expect(readFileSync(join(work, String(n)), "utf8")).toBe(`to ${n}\n`);
    expect(readFileSync(join(work, "out"), "utf8")).toBe("into\n");
    const kept = await runPage(makePlace({ "page.md": pageOf(carried(work), head) }), { keepGoing: true });
    expect(kept.output("uses")).toBe(proc ? "carried\n" : "ended\n");
  });
});

/** A lock's descriptor that a later step uses: without /proc 9 ends with its step. */
const carried = (work: string): [string, string][] => [
  ['sh step="opens" on="box"', `exec 9>${work}/kept`],
  ['sh step="uses" on="box"', "if (echo to 9 >&9) 2>/dev/null; then echo carried; else echo ended; fi"],
];

test.runIf(canMount)("a target with a bash that has no /proc is run by its sh", async () => {
  const target = `unshare --mount sh -c 'umount --lazy /proc && exec "$@"' enter`;
  const steps: [string, string][] = [
    ['sh step="one" on="box"', "x=1\n[ ! -e /proc/self ]"],
    ['sh step="two" on="box"', 'echo "$x"'],
  ];
  const page = pageOf(steps, `  targets:\n    box: ${JSON.stringify(target)}\n`);
  const done = await runPage(makePlace({ "page.md": page }));
  expect(ends(done)).toEqual(["passed", "passed"]);
  expect(done.output("two")).toBe("1\n");
});
