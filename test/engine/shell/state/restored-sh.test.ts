import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";
import { canMount, shNames, targetWith } from "../../support/with-sh.ts";
import { dumpText, lastingLines, stateCommands } from "./whole-sh-state.ts";

const samples = fc.sample(stateCommands, { numRuns: 2, seed: Number(process.env["SEED"] ?? Date.now()) });

const targets = shNames.flatMap((name) => [
  { name, proc: true, words: name },
  { name, proc: false, words: `${name} without /proc` },
]);

describe.runIf(canMount).each(targets)("on a target whose only shell is $words", ({ name, proc }) => {
  test.each(proc ? samples : samples.slice(1))(
    "the whole state is the same after a failure, a retry, a dead shell, a resume and an undo",
    async (commands) => {
      const work = (file: string): string => join(place.work, file);
      const place = makePlace({});
      mkdirSync(work("a b"));
      symlinkSync(work("a b"), work("link"));
      writeFileSync(work("dump"), dumpText);
      const dump = (file: string): string => `set +eu\n. ${work("dump")} >|${work(file)}\nset -eu`;
      const once = (file: string, end: string): string =>
        `if [ ! -e ${work(file)} ]; then : >|${work(file)}; ${end}; fi`;
      const page = pageOf(
        [
          ['sh step="set" on="box"', `W=${place.work}\n${commands}\n${dump("before")}`],
          ['sh undo="set"', dump("undone")],
          ['sh step="next" on="box"', dump("next")],
          ['sh step="fails" on="box"', "false"],
          ['sh step="failed" on="box"', dump("failed")],
          ['sh step="retried" on="box" retry="2"', `${once("once", "kill -9 $$")}\n${dump("retried")}`],
          ['sh step="dies" on="box"', once("died", "kill -9 $$")],
          ['sh step="after" on="box"', `${dump("after")}\n[ -e ${work("go")} ]`],
          ['sh step="resumed" on="box"', dump("resumed")],
        ],
        `  targets:\n    box: ${JSON.stringify(targetWith(name, { proc }))}\n`,
      );
      const mine = { ...place, content: makePlace({ "page.md": page }).content };
      const first = await runPage(mine, { keepGoing: true, id: "page" });
      expect(first.steps.get("page/set"), first.output("set", "stderr")).toMatchObject({ outcome: "passed" });
      const read = (file: string): string[] => lastingLines(readFileSync(work(file), "latin1"));
      const before = read("before");
      for (const way of ["next", "failed", "retried", "after"])
        expect(read(way), `${way}\n${commands}`).toEqual(before);
      writeFileSync(work("go"), "");
      const second = await runPage(mine, { id: "page", resume: first.result.run, yes: true });
      expect(read("resumed"), commands).toEqual(before);
      const undone = await undoPage(mine, { run: second.result.run }, { yes: true });
      expect(undone.steps.get("page/set"), JSON.stringify(undone.events)).toMatchObject({ outcome: "passed" });
      // An undo runs in a copy of its shell, where no trap of the shell acts; `''` still ignores.
      expect(read("undone"), commands).toEqual(before.filter((line) => !/^trap -- '.+' [A-Z0-9]+$/.test(line)));
    },
  );
});
