import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "./command.ts";
import { IMAGE_PACKAGES, IMAGE_SHELL, type Image } from "./images.ts";
import { machineSources } from "./sources.ts";
import type { LayerRecord, Store } from "./store.ts";

/** What the key of an image's layer is made of. */
export function imageInputs(image: Image): Record<string, string> {
  return {
    image: image.name,
    architecture: process.arch,
    recipe: createHash("sha256")
      .update(JSON.stringify([image, IMAGE_PACKAGES, IMAGE_SHELL]))
      .digest("hex")
      .slice(0, 16),
  };
}

/** A key of what a layer is made of. */
export function layerKey(inputs: Record<string, string>): string {
  const sorted = Object.entries(inputs).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 24);
}

/** Makes a system from Debian's packages, as a layer: about a minute, once. */
export async function buildImage(store: Store, image: Image): Promise<LayerRecord> {
  const inputs = imageInputs(image);
  const key = layerKey(inputs);
  const sources = await machineSources(image);
  const work = mkdtempSync(join(tmpdir(), "runbook-image-"));
  const fresh = join(store.mount, `fresh-${key}`);
  try {
    const aptConfig = join(work, "apt.conf");
    writeFileSync(aptConfig, sources.config);
    writeFileSync(join(work, "finish"), IMAGE_SHELL);
    const certificates = [...sources.certificates].map(([name, text]) => {
      writeFileSync(join(work, name), text);
      return `--customize-hook=upload ${join(work, name)} /usr/local/share/ca-certificates/${name}`;
    });
    await store.create(fresh);
    // Into a folder of the layers themselves: mmdebstrap empties none, so the subvolume holds one.
    const root = join(fresh, "root");
    const words = [
      ...["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--format=directory"],
      ...["--dpkgopt=force-unsafe-io", `--aptopt=${aptConfig}`, `--include=${IMAGE_PACKAGES.join(",")}`],
      ...certificates,
      ...(certificates.length > 0 ? ['--customize-hook=chroot "$1" update-ca-certificates'] : []),
      `--customize-hook=upload ${join(work, "finish")} /finish`,
      '--customize-hook=chroot "$1" sh /finish',
      '--customize-hook=rm "$1/finish"',
      `--customize-hook=upload ${aptConfig} /etc/apt/apt.conf.d/99-machine`,
      ...[image.suite, root, ...sources.list],
    ];
    await command(["unshare", "--mount", ...words], { timeoutMs: 30 * 60_000, env: { TMPDIR: work } });
    await makeKey(root);
    const record: LayerRecord = { key, kind: "image", title: image.name, made: new Date().toISOString(), inputs };
    await store.keep(fresh, record);
    return record;
  } finally {
    await store.remove(fresh);
    rmSync(work, { recursive: true, force: true });
  }
}

/** A key pair of the host's root, made here so that the host needs no ssh. */
async function makeKey(root: string): Promise<void> {
  const file = join(root, "root/.ssh/id_ed25519");
  await command(["install", "-d", "-m", "0700", join(root, "root/.ssh")]);
  await command(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "throw-away", "-f", file]);
}
