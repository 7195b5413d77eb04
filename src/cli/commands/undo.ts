import type { Journal } from "../../engine/journal/journal.ts";
import { planUndo, type UndoPlan, type UndoTarget } from "../../engine/plan/plan-undo.ts";
import { runUndo } from "../../engine/run/undo.ts";
import { destinationOf, hostName } from "../../engine/target/host.ts";
import { RunbookError } from "../../errors/runbook-error.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import { findRunbooks, type Library, loadLibrary, loadRunbooks } from "../../library/library.ts";
import { WrongPageError } from "../../library/wrong-page-error.ts";
import { clean } from "../../terminal/clean.ts";
import { styleFor } from "../../terminal/style.ts";
import { table } from "../../terminal/table.ts";
import { didYouMean } from "../../words/nearest.ts";
import { askValue } from "../ask/ask-value.ts";
import { confirm } from "../ask/confirm.ts";
import { type Context, canAsk, flagValue } from "../context.ts";
import { withJournal } from "../journal.ts";
import { givenValues } from "../line/given-values.ts";
import { isPath, readRunbook } from "../pages.ts";
import { recallPage } from "../run/page-of-run.ts";
import { checkFlags, perform, refuseWithoutRoot } from "../run/perform.ts";

/** Takes away what a run did, or what a runbook's steps did. */
export async function run(context: Context): Promise<number> {
  checkFlags(context);
  return await withJournal(context, async (journal) => {
    const { library, target } = await findTarget(context, journal);
    const asked = flagValue(context, "host");
    const undo = await planUndo({ journal, library, target, host: hostName(asked), far: asked !== undefined });
    const destination = destinationOf(undo.host);
    refuseErrors(library, undo);
    if (destination === undefined) refuseWithoutRoot(context, undo.plan.runbooks);
    showUndo(context, undo);
    if (undo.steps.length === 0) return undo.held.length > 0 ? 3 : 0;
    if (!context.flags.has("yes") && !(await isWanted(context, undo))) return 130;
    await fillSecrets(context, undo);
    return await perform({
      context,
      journal,
      plan: undo.plan,
      destination,
      kind: "undo",
      total: undo.steps.length,
      texts: library.texts,
      go: (options) => runUndo(undo, options),
    });
  });
}

/** A runbook's id goes before a run whose name begins so; both are told apart by what there is. */
async function findTarget(context: Context, journal: Journal): Promise<{ library: Library; target: UndoTarget }> {
  const word = context.words[0] ?? "";
  const ids = (await findRunbooks(context.contentDir)).map(({ id }) => id);
  if (isPath(word) || ids.includes(word)) {
    const { library, runbook } = await readRunbook(context, word);
    const given = givenValues(context, runbookOrder(library.runbooks, runbook.id));
    const whole = await withPage(context, isPath(word) ? word : undefined);
    return { library: whole, target: { id: runbook.id, given, env: context.io.env } };
  }
  const record = findRecord(journal, word, ids);
  const [name] = context.values.keys();
  if (name !== undefined) {
    throw new RunbookError("surplus-argument", `${record.id} has its own values: ${name} can't be given.`, {
      hint: `Values choose among the runs of a runbook: ./runbook undo ${record.runbook} ${name}=…`,
    });
  }
  return { library: await withPage(context, recallPage(context, record.id)), target: { run: record.id } };
}

function findRecord(journal: Journal, word: string, ids: readonly string[]) {
  try {
    return journal.run(word);
  } catch (error) {
    const meant = didYouMean(word, ids);
    if (!(error instanceof RunbookError) || error.code !== "unknown-run" || !meant) throw error;
    throw new RunbookError("unknown-run", `There is no run and no runbook "${word}".`, { hint: meant });
  }
}

/** All pages, since a later run of any runbook may stand on what is undone; and one that lies elsewhere. */
async function withPage({ contentDir }: Context, page: string | undefined): Promise<Library> {
  const library = await loadLibrary(contentDir);
  if (page === undefined) return library;
  const other = await loadRunbooks(contentDir, page);
  return {
    contentDir,
    pages: [...library.pages, ...other.pages],
    texts: new Map([...library.texts, ...other.texts]),
    runbooks: new Map([...library.runbooks, ...other.runbooks]),
    diagnostics: [...library.diagnostics, ...other.diagnostics],
  };
}

/** Pages that have nothing to do with it may have errors. */
function refuseErrors(library: Library, { plan }: UndoPlan): void {
  const files = new Set(plan.runbooks.map(({ file }) => file));
  const diagnostics = library.diagnostics.filter(({ severity, file }) => severity === "error" && files.has(file));
  if (diagnostics.length > 0) throw new WrongPageError(diagnostics);
}

function showUndo({ io, quiet, flags }: Context, undo: UndoPlan): void {
  if (quiet) return;
  const style = styleFor(Boolean(io.stdout.isTTY), io.env);
  const byGuard = undo.steps.some(({ run }) => run === undefined);
  const rows = (entries: readonly (readonly [string, string])[]): string[] =>
    table(entries.map(([key, why]) => [`  ${key}`, clean(why)]));
  const stays = [
    ...undo.kept.map(({ key, why }) => [key, why] as const),
    ...undo.held.map(({ key, run }) => [key, `run ${run} stands on it: undo that first`] as const),
  ];
  const lines = [
    `${style("bold", "Undo")} of ${undo.title}`,
    ...rows(undo.steps.map(({ key }) => [key, byGuard ? "where its guard says done" : ""])),
    ...(stays.length > 0 ? ["What stays:", ...rows(stays)] : []),
    "",
  ];
  // What is shown in place of the usual report belongs to a program.
  const reported = (flags.get("report") ?? []).some((report) => !report.includes("="));
  (reported ? io.err : io.out)(`${lines.join("\n")}\n`);
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
