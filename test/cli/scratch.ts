import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Ended, run as runCommand } from "./run.ts";

/** The folder of the pages that these tests run. */
export const pages = join(import.meta.dirname, "fixtures/pages");

/** Gives each test of a file a state and a work folder of its own, and takes all away after the last. */
export function scratch() {
  let folder = "";
  let count = 0;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "runbook-run-"));
  });

  beforeEach(() => {
    count += 1;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  return {
    /** Where this test is: its work folder, the folder of all, and its number. */
    at: () => ({ dir: join(folder, `work-${count}`), folder, count }),
    /** Runs the command line on the pages, with this test's state. */
    run(args: string[], env: NodeJS.ProcessEnv = {}): Ended {
      return runCommand([...args, "--content", pages], {
        env: { RUNBOOK_STATE_DIR: join(folder, `state-${count}`), ...env },
      });
    },
    /** The id of the run that the output names. */
    runId: ({ stdout }: Ended): string => /\d{8}-\d{4}-\w{4}/.exec(stdout)?.[0] ?? "",
  };
}
