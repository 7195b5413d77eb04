import { execa } from "execa";
import { RunbookError } from "../../errors/runbook-error.ts";
import { findRunbooks, loadLibrary } from "../../library/library.ts";
import { WrongPageError } from "../../library/wrong-page-error.ts";
import { verifyDir } from "../../verify/machine/cache-dir.ts";
import { IMAGES, imageOf } from "../../verify/machine/images.ts";
import { sweepSlots } from "../../verify/machine/lxc/slots.ts";
import { installMissing, missingPackages, refuseMachine } from "../../verify/machine/prepare.ts";
import { Store } from "../../verify/machine/store.ts";
import { type Verified, verifyRunbook } from "../../verify/verify.ts";
import { didYouMean } from "../../words/nearest.ts";
import { type Context, flagValue } from "../context.ts";
import { watchSignals } from "../signals.ts";
import { ProofView } from "../verify/proof-view.ts";

/** Proves runbooks on clean hosts, and writes their evidence. */
export async function run(context: Context): Promise<number> {
  const { io, flags, contentDir } = context;
  const image = imageOf(flagValue(context, "image") ?? IMAGES[0]?.name ?? "");
  const library = await loadLibrary(contentDir);
  const errors = library.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new WrongPageError(errors);
  const ids = await wantedIds(context);
  const store = new Store(verifyDir(io.env));
  const view = new ProofView(context, library.texts);
  refuseMachine();
  const missing = missingPackages();
  if (missing.length > 0) {
    view.say(`Installing what clean hosts need: ${missing.join(", ")}`);
    await installMissing(missing);
  }
  const signals = watchSignals({ onFirst: () => io.err("Ending what runs, and taking its host away.\n") });
  const all: Verified[] = [];
  try {
    await sweepSlots(store, { kept: false });
    const commit = await currentCommit(contentDir);
    for (const id of ids) {
      const verified = await verifyRunbook(id, {
        ...{ runbooks: library.runbooks, contentDir, image, store, commit },
        fresh: flags.has("fresh"),
        keep: flags.has("keep"),
        signal: signals.interrupt.first,
        tell: (runbook, stage) => view.stage(runbook, stage),
      });
      view.finished(verified);
      all.push(verified);
    }
  } catch (error) {
    if (!signals.interrupt.first.aborted) throw error;
    return 130;
  } finally {
    signals.stop();
  }
  return view.end(all, flags.has("strict"));
}

/** The runbooks that are named, or all; what a runbook requires comes before it, so that its end state is there. */
async function wantedIds({ contentDir, words }: Context): Promise<string[]> {
  const ids = (await findRunbooks(contentDir)).map(({ id }) => id);
  const unknown = words.find((word) => !ids.includes(word));
  if (unknown === undefined) return words.length > 0 ? [...words] : ids;
  throw new RunbookError("unknown-runbook", `There is no runbook "${unknown}".`, {
    hint: didYouMean(unknown, ids, "`./runbook list` lists them.") ?? "",
  });
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
