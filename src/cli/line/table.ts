import type { Command } from "./command.ts";
import { JOURNAL_COMMANDS } from "./table-journal.ts";
import { PAGE_COMMANDS } from "./table-pages.ts";
import { PROOF_COMMANDS } from "./table-proof.ts";
import { RUN_COMMANDS } from "./table-run.ts";

export { GLOBAL_FLAGS } from "./flags.ts";

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [...RUN_COMMANDS, ...JOURNAL_COMMANDS, ...PROOF_COMMANDS, ...PAGE_COMMANDS];
