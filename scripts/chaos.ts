/**
 * Harms runs of a runbook at random instants, and checks that each reaches the same end state as an unharmed run:
 * `./runbook --node scripts/chaos.ts ID [NAME=value…] [--rounds N] [--harm NAME]… [--content DIR]`, with one of these places:
 * `--folder DIR`: on this machine, for a runbook that changes nothing but that folder;
 * `--image debian-12`: on a clean host, as `verify` makes it. There the output of `--look SHELL` is compared, too.
 *
 * This command kills `lxc-new` some 200 times on a host where the image is ready, resumes it each time, and compares the end state
 * with that of an unharmed run, the packages of the host and of the container included:
 *
 *     ./runbook --node scripts/chaos.ts lxc-new --image debian-12 --harm kill-often --rounds 30 --look '
 *       rootfs=/var/lib/lxc/mycontainer/rootfs
 *       chroot "$rootfs" dpkg-query --show --showformat "\${Package} \${Version} \${db:Status-Abbrev}\n"
 *       chroot "$rootfs" apt-mark showmanual | sed "s/^/manual /"
 *       ls "$rootfs/var/lib/misc"'
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runbookOrder } from "../src/language/meaning/order.ts";
import { loadRunbooks } from "../src/library/library.ts";
import { valuesOf } from "../src/verify/stage/given-values.ts";
import { runCampaign } from "./chaos/campaign.ts";
import { cleanHostGround } from "./chaos/clean-host-ground.ts";
import { folderGround } from "./chaos/folder-ground.ts";
import { HARMS, type Harm } from "./chaos/harms.ts";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "20" },
    harm: { type: "string", multiple: true, default: Object.keys(HARMS) },
    content: { type: "string", default: join(import.meta.dirname, "../content") },
    folder: { type: "string" },
    image: { type: "string", default: "debian-12" },
    look: { type: "string", default: "" },
  },
});
const [runbook = "", ...words] = positionals;
const unknown = flags.harm.find((name) => !Object.hasOwn(HARMS, name));
if (runbook === "" || unknown !== undefined) {
  console.error(`${unknown ?? "No runbook"}: see the comment above this script; the harms are:`);
  for (const [name, { about }] of Object.entries(HARMS)) console.error(`  ${name.padEnd(10)} ${about}`);
  process.exit(2);
}

const contentDir = resolve(flags.content);
const { runbooks } = await loadRunbooks(contentDir, runbook);
const order = runbookOrder(runbooks, runbook);
const given = Object.fromEntries(words.map((word) => [word.replace(/=.*/s, ""), word.replace(/^[^=]*=/, "")]));
// On a clean host the runbook gets the values that it is proved with.
const values = { ...(flags.folder === undefined ? valuesOf(order) : {}), ...given };
const root = mkdtempSync(join(tmpdir(), "runbook-chaos-state-"));
const stop = new AbortController();
let kills = 0;
process.once("SIGINT", () => stop.abort());
const ground =
  flags.folder === undefined
    ? await cleanHostGround({
        ...{ image: flags.image, order, contentDir, values, shell: flags.look, signal: stop.signal },
      })
    : folderGround(resolve(flags.folder));
try {
  const counts = await runCampaign({
    ground,
    job: {
      ...{ contentDir, runbook, values, stateDir: join(root, "state") },
      ...(ground.host ? { host: ground.host } : {}),
    },
    rounds: Number(flags.rounds),
    harms: flags.harm as Harm[],
    random: Math.random,
    killed: () => {
      kills += 1;
    },
    tell: (line) => console.log(kills === 0 ? line : `${line}, ${kills} kills so far`),
  });
  for (const [harm, { rounds, right }] of Object.entries(counts)) console.log(`${harm}: ${right} of ${rounds} right`);
  console.log(`${kills} kills`);
  process.exitCode = Object.values(counts).every(({ rounds, right }) => rounds === right) ? 0 : 1;
} finally {
  await ground.close();
  rmSync(root, { recursive: true, force: true });
}
