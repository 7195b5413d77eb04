import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";
import { dumpText, lastingLines, stateCommands } from "./whole-state.ts";

// All that is set, the runner's own variables too, is exported in one of them.
// IGNOREEOF switches an option on, which must not give it bash's own value.
// One came by a link, of which `set -o physical` makes `dirs` forget.
const samples = [
  "IGNOREEOF=5\nset -o allexport\nf0() { echo; }",
  "set -o ignoreeof\nset -o allexport",
  'cd "$W/link"\nset -o physical',
  // With this, bash takes a list of words apart into characters.
  "IFS=$'\\x01'\npushd -n \"$W/a b\" >/dev/null",
  // Functions named as what the runner reads and looks by.
  "mapfile() { echo; }\npwd() { echo; }",
].concat(fc.sample(stateCommands, { numRuns: 3, seed: Number(process.env["SEED"] ?? Date.now()) }));

test.each(samples)(
  "the whole state is the same after a retry, a dead shell, a resume and an undo",
  async (commands) => {
    const work = (name: string): string => `${place.work}/${name}`;
    const place = makePlace({});
    mkdirSync(work("a b"));
    symlinkSync(work("a b"), work("link"));
    writeFileSync(work("dump.bash"), dumpText);
    const dump = (name: string): string => `. ${work("dump.bash")} >|${work(name)}`;
    const page = pageOf([
      ['sh step="set"', `W=${place.work}\n${commands}\n${dump("before")}`],
      // An undo alone runs without `pipefail`.
      ['sh undo="set"', `set -o pipefail\n${dump("undone")}`],
      ['sh step="next"', dump("next")],
      [
        'sh step="retried" retry="2"',
        `if [ ! -e ${work("once")} ]; then : >|${work("once")}; kill -9 $$; fi\n${dump("retried")}`,
      ],
      ['sh step="dies"', `if [ ! -e ${work("died")} ]; then : >|${work("died")}; kill -9 $$; fi`],
      ['sh step="after"', `${dump("after")}\n[ -e ${work("go")} ]`],
      ['sh step="resumed"', dump("resumed")],
    ]);
    const mine = { ...place, content: makePlace({ "page.md": page }).content };
    const first = await runPage(mine, { keepGoing: true, id: "page" });
    expect(first.steps.get("page/set"), `${commands}\n${first.output("set", "stderr")}`).toMatchObject({
      outcome: "passed",
    });
    const read = (name: string): string[] => {
      expect(existsSync(work(name)), `${name} of\n${commands}`).toBe(true);
      return lastingLines(readFileSync(work(name), "latin1"));
    };
    const before = read("before");
    expect(read("next"), commands).toEqual(before);
    expect(read("retried"), commands).toEqual(before);
    expect(read("after"), commands).toEqual(before);
    writeFileSync(work("go"), "");
    const second = await runPage(mine, { id: "page", resume: first.result.run, yes: true });
    expect(read("resumed"), commands).toEqual(before);
    const undone = await undoPage(mine, { run: second.result.run }, { yes: true });
    expect(undone.steps.get("page/set"), `${commands}\n${JSON.stringify(undone.events)}`).toMatchObject({
      outcome: "passed",
    });
    expect(read("undone"), commands).toEqual(before);
  },
);
