import type { Runbook } from "../../src/language/model/runbook.ts";
import { ensureLayers } from "../../src/verify/layer/build-layer.ts";
import { layersBelow } from "../../src/verify/layer/layer-inputs.ts";
import { verifyDir } from "../../src/verify/machine/files/cache-dir.ts";
import { imageOf } from "../../src/verify/machine/image/images.ts";
import { makeLxcHost } from "../../src/verify/machine/lxc/lxc-host.ts";
import { prepareMachine } from "../../src/verify/machine/prepare.ts";
import { sweepSlots } from "../../src/verify/machine/slots.ts";
import { Store } from "../../src/verify/machine/store.ts";
import { takeInventory } from "../../src/verify/residue/inventory.ts";
import { changesBetween, type Look as HostLook } from "../../src/verify/residue/look.ts";
import type { Ground, Look } from "./ground.ts";

/** What a campaign on a clean host needs. */
export interface CleanHostOptions {
  image: string;
  order: readonly Runbook[];
  contentDir: string;
  values: Record<string, string>;
  /** A shell command. The lines that it prints on the host are compared, too. */
  shell: string;
  signal: AbortSignal;
}

/** A folder that `mktemp` made in /tmp for a program, such as `lxc-create`, which was killed: it stays until the next boot. */
const isScratch = (name: string): boolean => /^\/tmp\/tmp\.\w{10}$/.test(name);

/** Where a killed `lxc-start` left its empty control groups, LXC puts a number behind the names of the next ones. */
const groupNumber = /(?<=\/lxc\.(?:monitor|payload)\.[^/]*)-\d+$/;

/** A clean host, as `verify` makes it, with the end state of the required runbooks. */
export async function cleanHostGround(options: CleanHostOptions): Promise<Ground> {
  const { order, contentDir, values, shell, signal } = options;
  const tell = (what: string): void => console.log(what);
  const image = imageOf(options.image, "lxc");
  await prepareMachine(["lxc"], tell);
  const store = new Store(verifyDir(process.env));
  await store.open();
  await sweepSlots(store, { kept: false });
  const layer = await ensureLayers(layersBelow({ image, sealed: false }, order, values), {
    ...{ store, image, sealed: false, contentDir, values, signal, tell },
  });
  const host = await makeLxcHost({ store, image, layer, signal });
  const base: HostLook = { inventory: new Map(), files: await host.files("base") };
  return {
    host: { name: host.host.name, shell: host.host.shell },
    async look() {
      const inventory = await takeInventory(host);
      const files = await host.files("now");
      const things = await changesBetween(base, { inventory, files });
      const states = [...inventory].flatMap(([kind, found]) =>
        [...found].map(([name, state]) => [`${kind} ${name.replace(groupNumber, "")}`, state] as const),
      );
      // Of files, only new and missing ones count: their contents differ in each run by dates, ids and keys.
      const changed = things
        .filter(({ kind, change, name }) => kind === "file" && change !== "changed" && !isScratch(name))
        .map(({ name, change }) => [`file ${name}`, change] as const);
      const { stdout } = await host.shell(shell, { timeoutMs: 60_000 });
      const lines = stdout.split("\n").filter(Boolean);
      return new Map([...states, ...changed, ...lines.map((line) => [line, "told"] as const)]) satisfies Look;
    },
    keep: async (name) => {
      await host.files(name);
    },
    putBack: async (name) => await host.rollBack(name),
    async leftovers(runs) {
      const { stdout } = await host.shell(
        `for p in $(grep -lzsxE 'RUNBOOK_RUN=(${runs.join("|")})' /proc/[0-9]*/environ); do tr '\\0' ' ' <"\${p%environ}cmdline" | cut -c 1-80; echo; done`,
      );
      return stdout.split("\n").filter((line) => line.trim() !== "");
    },
    close: async () => {
      await host.remove();
      await store.close();
    },
  };
}
