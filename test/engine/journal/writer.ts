/** Writes runs until it is killed, and says on stdout what it is about to do and what is done: `DIR [RUNS]`. */
import { writeSync } from "node:fs";
import { Journal } from "../../../src/engine/journal/journal.ts";
import { passed, sampleRun } from "./sample.ts";

const [dir = "", runs = "Infinity"] = process.argv.slice(2);
const say = (text: string) => writeSync(1, `${text}\n`);

const journal = Journal.open(dir);
for (let count = 0; count < Number(runs); count++) {
  const run = sampleRun({ id: journal.newRunId() });
  say(`run ${run.id}`);
  journal.createRun(run);
  say(`created ${run.id}`);
  for (const { key, target } of run.steps) {
    say(`begin ${run.id} ${key}`);
    journal.beginStep(run.id, key, 1);
    say(`begun ${run.id} ${key}`);
    journal.appendOutput(run.id, key, "run", "stdout", `${key}\n`.repeat(500));
    say(`end ${run.id} ${key}`);
    journal.together(() => {
      journal.saveState(run.id, key, { target, state: `state of ${run.id} ${key} `.repeat(200) });
      journal.finishStep(run.id, key, passed());
    });
    say(`ended ${run.id} ${key}`);
  }
  journal.finishRun(run.id, "passed", 0);
  say(`finished ${run.id}`);
}
journal.close();
