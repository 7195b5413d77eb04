/**
 * Puts faults into runbooks, one at a time, and lets `check` and `verify` look for them:
 * `./runbook --node scripts/mutate.ts ID… [--image debian-13] [--step STEP] [--sample N] [--list]`.
 * It prints whether `check` or `verify` found each fault, and at the end the faults that neither found: there a proof is missing, or the
 * line is not needed. It needs root, and the same of a machine as `verify`.
 */
import { parseArgs } from "node:util";
import { exportScript } from "../src/cli/export/script.ts";
import { runbookOrder } from "../src/language/meaning/order.ts";
import { loadRunbooks } from "../src/library/library.ts";
import { ensureLayers } from "../src/verify/layer/build-layer.ts";
import { layersBelow } from "../src/verify/layer/layer-inputs.ts";
import { verifyDir } from "../src/verify/machine/files/cache-dir.ts";
import { imageOf } from "../src/verify/machine/image/images.ts";
import { prepareMachine } from "../src/verify/machine/prepare.ts";
import { Store } from "../src/verify/machine/store.ts";
import { type Mutant, mutantsOf } from "../src/verify/mutant/mutants.ts";
import { keepStepStates } from "../src/verify/mutant/step-states.ts";
import { type Fate, tryMutant } from "../src/verify/mutant/try-mutant.ts";
import type { VerifyOptions } from "../src/verify/options.ts";
import { valuesOf } from "../src/verify/stage/given-values.ts";

const { values: flags, positionals: ids } = parseArgs({
  allowPositionals: true,
  options: {
    content: { type: "string", default: "content" },
    image: { type: "string", default: "debian-12" },
    step: { type: "string" },
    sample: { type: "string" },
    list: { type: "boolean", default: false },
  },
});

const signal = new AbortController();
process.once("SIGINT", () => signal.abort());
process.once("SIGTERM", () => signal.abort());

const named = (mutant: Mutant): string =>
  `${mutant.step} (${mutant.role}), line ${mutant.line}: ${mutant.words.replaceAll(/\s+/g, " ").slice(0, 110)}`;

/** Takes a sample at regular intervals, so that it has faults from all over the page. */
function sampleOf(mutants: readonly Mutant[]): Mutant[] {
  const chosen = mutants.filter(({ step }) => flags.step === undefined || step === flags.step);
  const wanted = Number(flags.sample ?? chosen.length);
  return chosen.filter(
    (_, index) => Math.floor((index * wanted) / chosen.length) !== Math.floor(((index - 1) * wanted) / chosen.length),
  );
}

/** Opened for all runbooks at once; its lock would keep this process from ending. */
const store = new Store(verifyDir(process.env));

async function mutate(id: string): Promise<boolean> {
  const library = await loadRunbooks(flags.content, id);
  const order = runbookOrder(library.runbooks, id);
  const runbook = order.at(-1);
  if (!runbook) throw new Error(`There is no runbook ${id}.`);
  const texts = order.map((one) => ({ runbook: one, text: library.texts.get(one.file) ?? "" }));
  const all = mutantsOf(texts.at(-1)?.text ?? "", runbook);
  const mutants = sampleOf(all);
  if (flags.list) {
    for (const mutant of mutants) console.log(named(mutant));
    return true;
  }
  const tell = (what: string): void => console.error(`${id}: ${what}`);
  const image = imageOf(flags.image, "lxc");
  await prepareMachine(["lxc"], tell);
  await store.open();
  const values = valuesOf(order);
  const verify: VerifyOptions = {
    ...{
      runbooks: library.runbooks,
      contentDir: flags.content,
      image,
      sealed: false,
      store,
      commit: "",
      fresh: true,
      keep: false,
    },
    ...{ exportScript, signal: signal.signal, listen: () => {} },
  };
  const layers = layersBelow(verify, order, values);
  const below = await ensureLayers(layers, {
    store,
    image,
    sealed: false,
    contentDir: flags.content,
    values,
    signal: signal.signal,
    tell,
  });
  tell("keep the host before each step");
  const states = await keepStepStates(order, below, values, verify);
  const fates: [Mutant, Fate][] = [];
  for (const mutant of mutants) {
    if (signal.signal.aborted) break;
    const fate = await tryMutant(mutant, { texts, states, values, verify });
    fates.push([mutant, fate]);
    const end = fate.caught ? `caught by ${fate.by}` : "SURVIVED";
    console.log(`${end} in ${(fate.durationMs / 1000).toFixed(1)} s: ${named(mutant)}`);
  }
  const survivors = fates.filter(([, { caught }]) => !caught);
  const share = Math.floor((100 * (fates.length - survivors.length)) / Math.max(1, fates.length));
  console.log(
    `${id} on ${image.name}: ${fates.length - survivors.length} of ${fates.length} caught (${share} %), of ${all.length} that there are`,
  );
  for (const [mutant] of survivors) console.log(`  survived: ${named(mutant)}`);
  return share >= 90;
}

let enough = true;
try {
  for (const id of ids) enough = (await mutate(id)) && enough;
} finally {
  await store.close();
}
process.exitCode = enough ? 0 : 1;
