import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../command.ts";
import type { Image } from "./images.ts";
import { machineSources } from "./sources.ts";

/** What a system is made of. */
export interface RootParts {
  image: Image;
  /** A folder that is not there yet. */
  root: string;
  packages: readonly string[];
  /** Runs within it at the end. */
  shell: string;
  /** Files of this machine that it gets first, by their path in it; their folder is made. */
  files: Record<string, string>;
}

/** Makes a root file system from Debian's packages, by this machine's own mirror settings. */
export async function buildRoot({ image, root, packages, shell, files }: RootParts): Promise<void> {
  const sources = await machineSources(image);
  const work = mkdtempSync(join(tmpdir(), "runbook-image-"));
  try {
    const aptConfig = join(work, "apt.conf");
    writeFileSync(aptConfig, sources.config);
    writeFileSync(join(work, "finish"), shell);
    const certificates = [...sources.certificates].map(([name, text]) => {
      writeFileSync(join(work, name), text);
      return `--customize-hook=upload ${join(work, name)} /usr/local/share/ca-certificates/${name}`;
    });
    const uploads = Object.entries(files).flatMap(([path, file]) => [
      `--customize-hook=mkdir -p "$1${path.slice(0, path.lastIndexOf("/"))}"`,
      `--customize-hook=upload ${file} ${path}`,
    ]);
    const words = [
      ...["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--format=directory"],
      ...["--dpkgopt=force-unsafe-io", `--aptopt=${aptConfig}`, `--include=${packages.join(",")}`],
      ...certificates,
      ...(certificates.length > 0 ? ['--customize-hook=chroot "$1" update-ca-certificates'] : []),
      ...uploads,
      `--customize-hook=upload ${join(work, "finish")} /finish`,
      '--customize-hook=chroot "$1" sh /finish',
      '--customize-hook=rm "$1/finish"',
      `--customize-hook=upload ${aptConfig} /etc/apt/apt.conf.d/99-machine`,
      ...[image.suite, root, ...sources.list],
    ];
    await command(["unshare", "--mount", ...words], { timeoutMs: 30 * 60_000, env: { TMPDIR: work } });
    await makeKey(root);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A key pair of the host's root, made here so that the host needs no ssh. */
async function makeKey(root: string): Promise<void> {
  const file = join(root, "root/.ssh/id_ed25519");
  await command(["install", "-d", "-m", "0700", join(root, "root/.ssh")]);
  await command(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "throw-away", "-f", file]);
}
