/** Fills the disk under a journal, empties it again, and prints what the journal said and kept: `DIR`. */
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Journal } from "../../../src/engine/journal/journal.ts";
import { RunbookError } from "../../../src/errors/runbook-error.ts";
import { passed, sampleRun } from "./sample.ts";

const [dir = ""] = process.argv.slice(2);
const filling = join(dir, "filling");

function fill(): void {
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) appendFileSync(filling, Buffer.alloc(size));
    } catch {}
  }
}

function code(action: () => void): string {
  try {
    action();
    return "done";
  } catch (error) {
    return error instanceof RunbookError ? `${error.code} ${error.exitCode}` : String(error);
  }
}

const said: string[] = [];
fill();
said.push(code(() => Journal.open(join(dir, "new")).close()));
rmSync(filling);

const journal = Journal.open(join(dir, "state"));
const run = sampleRun();
journal.createRun(run);
journal.beginStep(run.id, "lxc-new/create", 1);
fill();
const state = "state ".repeat(10_000);
const finish = () => {
  journal.appendOutput(run.id, "lxc-new/create", "run", "stdout", "output ".repeat(9000));
  journal.together(() => {
    journal.saveState(run.id, "lxc-new/create", { target: "host", state });
    journal.finishStep(run.id, "lxc-new/create", passed());
  });
};
said.push(code(finish));
// Nor does a timer that finds no room end the runner.
await new Promise((resolve) => setTimeout(resolve, 600));
const between = Journal.open(join(dir, "state")).steps(run.id)[0];
rmSync(filling);
said.push(code(finish));
journal.close();

const after = Journal.open(join(dir, "state"));
console.log(
  JSON.stringify({
    said,
    between: { begun: between?.begun, end: between?.end },
    after: after.steps(run.id)[0]?.end,
    state: after.lastState(run.id, "host") === state,
  }),
);
