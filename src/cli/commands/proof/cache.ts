import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { loadLibrary } from "../../../library/library.ts";
import { table } from "../../../terminal/table.ts";
import { staleness } from "../../../verify/layer/explain.ts";
import { verifyDir } from "../../../verify/machine/files/cache-dir.ts";
import { sweepSlots } from "../../../verify/machine/slots.ts";
import { type LayerRecord, Store } from "../../../verify/machine/store.ts";
import { count } from "../../../words/count.ts";
import { type Context, flagValue, printJson } from "../../context.ts";

const day = 24 * 60 * 60_000;

/** Lists what verify keeps, and drops what is stale, old or too much. */
export async function run(context: Context): Promise<number> {
  const { io } = context;
  const store = new Store(verifyDir(io.env));
  if (!existsSync(store.file)) {
    if (context.json) printJson(io, { folder: store.dir, bytes: 0, layers: [] });
    else io.out(`Nothing is kept: ${store.dir} has no layers.\n`);
    return 0;
  }
  if (process.getuid?.() !== 0) {
    throw new RunbookError("blocked", "The layers are root's.", { hint: "Put `sudo` before the command." });
  }
  const { runbooks } = await loadLibrary(context.contentDir);
  await store.open();
  try {
    await list(context, store, staleness(runbooks));
  } finally {
    await store.close();
  }
  return 0;
}

type WhyStale = (record: LayerRecord) => string | undefined;

async function list(context: Context, store: Store, why: WhyStale): Promise<void> {
  const { io, flags } = context;
  const before = store.bytes();
  if (flags.has("prune")) await prune(context, store, why);
  const layers = store.list().map((record) => {
    const stale = why(record);
    return { ...record, ...(stale !== undefined && { stale }) };
  });
  if (context.json) {
    printJson(io, { folder: store.dir, bytes: store.bytes(), layers });
    return;
  }
  const rows = layers.map((layer) => [
    nameOf(layer, layers),
    layer.made.slice(0, 10),
    layer.key.slice(0, 8),
    layer.stale === undefined ? "" : `stale: ${layer.stale}`,
  ]);
  const freed = before - store.bytes();
  const lines = [
    ...table(rows),
    `${count(layers.length, "layer")} and ${count(hosts(store), "host")} take ${size(store.bytes())} in ${store.dir}`,
    ...(flags.has("prune") ? [`${size(Math.max(0, freed))} came free`] : []),
  ];
  io.out(`${lines.join("\n")}\n`);
}

/** A layer's title; where several have it, with the runbook that it stands on, too: `qemu-host, after lxc-new, on debian-12`. */
function nameOf(layer: LayerRecord, layers: readonly LayerRecord[]): string {
  const { title, inputs } = layer;
  if (layers.filter((other) => other.title === title).length === 1) return title;
  const below = layers.find(({ key }) => key === inputs["below"])?.inputs["runbook"];
  return below === undefined ? title : title.replace(" on ", `, after ${below}, on `);
}

async function prune(context: Context, store: Store, why: WhyStale): Promise<void> {
  const days = wholeNumber(context, "days");
  const most = wholeNumber(context, "size");
  await sweepSlots(store, { kept: true });
  const old = (record: LayerRecord): boolean => days !== undefined && Date.parse(record.made) < Date.now() - days * day;
  for (const record of store.list()) if (why(record) !== undefined || old(record)) await store.drop(record.key);
  await store.settle();
  if (most === undefined) return;
  // A system comes before the end states on it, so the youngest goes first.
  for (const record of store.list().reverse()) {
    if (store.bytes() <= most * 2 ** 20) return;
    await store.drop(record.key);
    await store.settle();
  }
  if (store.bytes() > most * 2 ** 20) rmSync(join(store.dir, "results"), { recursive: true, force: true });
}

function wholeNumber(context: Context, flag: string): number | undefined {
  const text = flagValue(context, flag);
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new RunbookError("bad-days", `--${flag} takes a whole number, not "${text}".`);
}

function hosts(store: Store): number {
  return existsSync(store.hosts) ? readdirSync(store.hosts).length : 0;
}

function size(bytes: number): string {
  return bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
