import { RunbookError } from "../../engine/errors.ts";

/** Not wired yet. */
export async function run(): Promise<number> {
  throw new RunbookError("not-there-yet", "This command is not there yet.");
}
