import { cpus, freemem } from "node:os";
import { execa } from "execa";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { runbookOrder } from "../../../language/meaning/order.ts";
import { loadLibrary } from "../../../library/library.ts";
import { WrongPageError } from "../../../library/wrong-page-error.ts";
import { staleness } from "../../../verify/layer/explain.ts";
import { refreshImage } from "../../../verify/layer/refresh.ts";
import { trimLayers } from "../../../verify/layer/trim.ts";
import { refuseOthers, verifyDir } from "../../../verify/machine/files/cache-dir.ts";
import { prepareMachine } from "../../../verify/machine/prepare.ts";
import { SLOTS, sweepSlots } from "../../../verify/machine/slots.ts";
import { Store } from "../../../verify/machine/store.ts";
import type { VerifyOptions } from "../../../verify/options.ts";
import { type Verified, verifyRunbook } from "../../../verify/verify.ts";
import { type Context, flagValue } from "../../context.ts";
import { exportScript } from "../../export/script.ts";
import { refuseWithoutTerminal } from "../../run/perform.ts";
import { watchSignals } from "../../signals.ts";
import { chooseRunbooks } from "../../verify/choose.ts";
import { exitCodeOf } from "../../verify/exit-code.ts";
import { proofReports } from "../../verify/proof-reports.ts";
import { proofShell } from "../../verify/proof-shell.ts";
import { proveSideBySide } from "../../verify/side-by-side.ts";
import { updatePage } from "../../verify/update-pages.ts";
import { whereToProve } from "../../verify/where.ts";

/** Proves runbooks on clean hosts, and writes their evidence. */
export async function run(context: Context): Promise<number> {
  const { io, flags, contentDir } = context;
  refuseWithoutTerminal(context, "shell");
  const library = await loadLibrary(contentDir);
  const errors = library.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new WrongPageError(errors);
  const ids = await chooseRunbooks(context, library.runbooks);
  const { kinds, imageOf, sealed } = whereToProve(context, ids, library.runbooks);
  const store = new Store(verifyDir(io.env));
  if (!kinds.includes("here")) refuseOthers(store.dir);
  const say = (text: string): void => {
    if (!context.quiet) io.err(`${text}\n`);
  };
  const reports = await proofReports(context, library.texts);
  await prepareMachine(kinds, say);
  const signals = watchSignals({ onFirst: () => io.err("Ending what runs, and taking its host away.\n") });
  const all: Verified[] = [];
  try {
    if (!kinds.includes("here")) await sweepSlots(store, { kept: false });
    const commit = await currentCommit(contentDir);
    if (flags.has("refresh")) {
      for (const image of new Set(ids.map(imageOf))) {
        const newer = await refreshImage(store, image, signals.interrupt.first);
        say(newer.length > 0 ? `${image.name} is made anew: ${newer.join(" ")}` : `${image.name} is up to date`);
      }
    }
    const prove = async (id: string, runbooks: VerifyOptions["runbooks"]): Promise<Verified> =>
      await verifyRunbook(id, {
        ...{ runbooks, contentDir, image: imageOf(id), sealed, store, commit },
        fresh: flags.has("fresh"),
        keep: flags.has("keep"),
        why: flags.has("why"),
        exportScript,
        ...(flags.has("shell") && { shell: proofShell(context, reports, signals) }),
        signal: signals.interrupt.first,
        listen: reports.listen,
      });
    await proveSideBySide({
      ids,
      jobs: kinds.includes("here") ? 1 : jobsOf(context),
      requires: (id) =>
        runbookOrder(library.runbooks, id)
          .slice(0, -1)
          .map((required) => required.id),
      prove: async (id) => {
        let verified = await prove(id, library.runbooks);
        const { updated, refused } = flags.has("update") ? await updatePage(verified) : { updated: [], refused: [] };
        for (const place of updated) say(`${place}: what the step printed is on the page now`);
        for (const place of refused)
          say(`${place}: what the step printed can't stand there by itself; write it yourself`);
        if (updated.length > 0) verified = await prove(id, (await loadLibrary(contentDir)).runbooks);
        all.push(verified);
      },
    });
    const whyStale = staleness(library.runbooks);
    const dropped = await trimLayers(store, (record) => whyStale(record) !== undefined);
    if (dropped.length > 0) say(`Dropped layers that no proof takes any more: ${dropped.join(", ")}`);
  } catch (error) {
    if (!signals.interrupt.first.aborted) throw error;
    return 130;
  } finally {
    signals.stop();
    reports.close();
    await store.close();
  }
  return exitCodeOf(all, flags.has("strict"));
}

/** How many proofs go on at once: what `--jobs` says, else as many as processors and memory can bear. */
function jobsOf(context: Context): number {
  const text = flagValue(context, "jobs");
  // One person sits at one terminal.
  if (context.flags.has("shell")) return 1;
  if (text === undefined) return Math.max(1, Math.min(Math.floor(cpus().length / 2), Math.floor(freemem() / 2 ** 31)));
  if (/^[1-9]\d?$/.test(text)) return Math.min(Number(text), SLOTS);
  throw new RunbookError("bad-jobs", `--jobs takes a number from 1, not "${text}".`);
}

async function currentCommit(folder: string): Promise<string> {
  const { stdout, exitCode } = await execa("git", ["-C", folder, "rev-parse", "HEAD"], { reject: false });
  if (exitCode === 0) return stdout.trim();
  throw new RunbookError(
    "machine-failed",
    "Evidence names the commit that it proves, and the pages are in no git checkout.",
    {
      hint: "Run `git init` and commit the pages first.",
    },
  );
}
