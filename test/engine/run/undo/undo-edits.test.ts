import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";
import { treeOf } from "../../support/tree.ts";

/** A step of a made-up page: a file that it writes, or a file that its commands make. */
interface MadeStep {
  name: number;
  kind: "file" | "commands";
  folder: boolean;
  text: number;
}

const step = fc.record({
  name: fc.nat(4),
  kind: fc.constantFrom("file" as const, "commands" as const),
  folder: fc.boolean(),
  text: fc.nat(3),
});
const steps = fc.uniqueArray(step, { minLength: 1, maxLength: 5, selector: ({ name }) => name });

const pathOf = (work: string, { name, folder }: MadeStep): string =>
  join(work, folder ? `f${name}/file` : `file${name}`);

function page(work: string, made: readonly MadeStep[]): string {
  return pageOf(
    made.flatMap((one): [string, string][] => {
      const path = pathOf(work, one);
      if (one.kind === "file") return [[`text step="s${one.name}" file="${path}"`, `text ${one.text}`]];
      const own = `${path}.made`;
      return [
        [
          `sh step="s${one.name}"`,
          `mkdir -p "$(dirname ${own})"\ncd "$(dirname ${own})"\necho ${one.text} >"$(basename ${own})"`,
        ],
        [
          `sh undo="s${one.name}"`,
          `grep --quiet ${one.text} "$(basename ${own})"\nrm "$(basename ${own})"\n${one.folder ? `cd /\nrmdir --ignore-fail-on-non-empty ${work}/f${one.name}` : ":"}`,
        ],
      ];
    }),
  );
}

test("however a page is edited after its run, undo leaves the machine as it was before", async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, fc.array(fc.nat(4), { maxLength: 3 }), async (before, after, there) => {
      const place = makePlace({ "page.md": "" });
      for (const name of there) writeFileSync(join(place.work, `file${name}`), `was there ${name}`);
      if (there.length > 0) mkdirSync(join(place.work, `f${there[0]}`), { recursive: true });
      const started = treeOf(place.work);
      writeFileSync(join(place.content, "page.md"), page(place.work, before));
      const run = await runPage(place);
      expect(run.result.outcome).toBe("passed");
      if (after.length === 1) rmSync(join(place.content, "page.md"));
      else writeFileSync(join(place.content, "page.md"), page(place.work, after));
      const undone = await undoPage(place, { run: run.result.run });
      expect(undone.result.outcome).toBe("passed");
      const ended = treeOf(place.work);
      // A folder that was there and empty goes with the `rmdir` of the page.
      if (there.length > 0 && !(`f${there[0]}` in ended)) delete started[`f${there[0]}`];
      expect(ended).toEqual(started);
    }),
    { numRuns: 25 },
  );
});
