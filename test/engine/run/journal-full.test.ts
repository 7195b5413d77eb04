import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Journal } from "../../../src/engine/journal/journal.ts";
import { processesOf } from "../support/processes.ts";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";

const root = process.getuid?.() === 0;

/** Fills a disk to its last byte. */
function fill(file: string): void {
  for (const size of [65_536, 4096, 512, 1]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(size));
    } catch {}
  }
}

test.skipIf(!root)(
  "a journal without room ends the run with an error, and nothing runs that it does not know of",
  async () => {
    const { work } = makePlace({});
    const place = makePlace({
      "page.md": pageOf([
        ['sh step="a"', `echo a >>${work}/log`],
        [
          'sh step="b"',
          `echo b >>${work}/log\nsh -c 'sleep 79; :' ${work} &\nhead -c 400000 /dev/urandom | od -An -tx1\necho end`,
        ],
        ['sh step="c"', `echo c >>${work}/log`],
      ]),
    });
    mkdirSync(place.state);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", place.state]);
    onTestFinished(() => void execFileSync("umount", ["--lazy", place.state]));
    const filling = join(place.state, "filling");
    const run = runPage(place, {
      onEvent: (event) => {
        if (event.type === "output" && event.step === "b") fill(filling);
      },
    });
    await expect(run).rejects.toMatchObject({
      name: "RunbookError",
      exitCode: 3,
      code: expect.stringMatching(/^journal-/),
    });
    expect(readFileSync(join(work, "log"), "utf8")).not.toContain("c");
    rmSync(filling);
    const next = await runPage(place, { selection: { only: ["a"] } });
    expect(next.result.outcome).toBe("passed");
    expect(processesOf(work)).toEqual([]);
    const journal = Journal.open(place.state);
    const dead = journal.runs().at(-1);
    expect(dead).toMatchObject({ swept: true });
    expect(dead?.outcome).toBeUndefined();
    const steps = journal.steps(dead?.id ?? "");
    expect(steps.map(({ begun, end }) => [begun !== undefined, end?.outcome])).toEqual([
      [true, "passed"],
      [true, undefined],
      [false, undefined],
    ]);
    journal.close();
  },
);
