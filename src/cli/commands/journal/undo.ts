import { planUndo } from "../../../engine/plan/undo/plan-undo.ts";
import type { UndoPlan } from "../../../engine/plan/undo/undo-plan.ts";
import { destinationOf, hostName } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import type { Library } from "../../../library/library.ts";
import { WrongPageError } from "../../../library/wrong-page-error.ts";
import { styleFor } from "../../../terminal/style.ts";
import { askValue } from "../../ask/ask-value.ts";
import { confirm } from "../../ask/confirm.ts";
import { type Context, canAsk, flagValue } from "../../context.ts";
import { withJournal } from "../../journal.ts";
import { undoWords } from "../../run/next-lines.ts";
import { checkFlags, refuseWithoutRoot } from "../../run/perform.ts";
import { textsOfThen } from "../../run/texts-of-then.ts";
import { performUndo } from "../../run/undo/perform-undo.ts";
import { findTarget } from "../../run/undo/undo-target.ts";
import { showUndo } from "../../views/undo.ts";

/** Takes away what a run did, or what a runbook's steps did. */
export async function run(context: Context): Promise<number> {
  checkFlags(context);
  return await withJournal(context, async (journal) => {
    const { library, target } = await findTarget(context, journal);
    const asked = flagValue(context, "host");
    const current = context.flags.has("current");
    const host = hostName(asked);
    const undo = await planUndo({ journal, library, target, host, far: asked !== undefined, current });
    const destination = destinationOf(undo.host);
    refuseErrors(library, undo);
    if (destination === undefined) refuseWithoutRoot(context, undo.plan.runbooks);
    showUndo(context, undo);
    if (undo.steps.length === 0) return undo.held.length > 0 ? 3 : 0;
    if (!context.flags.has("yes") && !(await isWanted(context, undo))) return 130;
    await fillSecrets(context, undo);
    const words = "run" in target ? [target.run] : undoWords(context, undo, target.given);
    return await performUndo(context, { journal, undo, texts: textsOfThen(library.texts, undo), words });
  });
}

/** An undo that takes its text from today's pages needs pages without errors; a recorded undo needs no page. */
function refuseErrors({ runbooks, diagnostics }: Library, { steps }: UndoPlan): void {
  const today = steps.filter(({ step }) => runbooks.get(step.runbook.id) === step.runbook);
  const files = new Set(today.map(({ step }) => step.runbook.file));
  const errors = diagnostics.filter(({ severity, file }) => severity === "error" && files.has(file));
  if (errors.length > 0) throw new WrongPageError(errors);
}

async function isWanted({ io }: Context, { steps }: UndoPlan): Promise<boolean> {
  const text = steps.length === 1 ? "Undo this step?" : `Undo these ${steps.length} steps?`;
  return await confirm(io, { text }, styleFor(Boolean(io.stderr.isTTY), io.env));
}

/** Secrets are never kept, so an undo that may use them gets them as the run did. */
async function fillSecrets({ io }: Context, { plan }: UndoPlan): Promise<void> {
  const style = styleFor(Boolean(io.stderr.isTTY), io.env);
  for (const value of plan.values.values()) {
    const { name, parameter } = value;
    if (!parameter.secret || value.text !== undefined) continue;
    const given = io.env[name];
    if (given !== undefined) value.text = given;
    else if (canAsk(io)) value.text = await askValue(parameter, { input: io.stdin, write: io.raw.err }, style);
    else
      throw new RunbookError("missing-value", `${name} is missing.`, {
        hint: `It is secret: put it into the environment as ${name}.`,
      });
  }
}
