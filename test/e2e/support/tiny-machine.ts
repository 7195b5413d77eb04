import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";
import { agentFile } from "../../../src/verify/machine/qemu/recipe.ts";

/** Modules of Debian's cloud kernel that a machine's lines, its network and its disk need. Which of them needs which differs between kernels. */
const modules = [
  "virtio_ring",
  "virtio",
  "virtio_pci_legacy_dev",
  "virtio_pci_modern_dev",
  "virtio_pci",
  "virtio_console",
  "failover",
  "net_failover",
  "virtio_net",
  "virtio_blk",
  "crc16",
  "crc32c_generic",
  "libcrc32c",
  "mbcache",
  "jbd2",
  "ext4",
];

/** What such a machine does: nothing but let shells in. */
const init = `#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /tmp /root
/bin/busybox mount -t proc none /proc
/bin/busybox mount -t sysfs none /sys
/bin/busybox mount -t devtmpfs none /dev
/bin/busybox --install -s /bin
mkdir /dev/pts
mount -t devpts none /dev/pts
for try in 1 2 3 4; do for module in ${modules.join(" ")}; do insmod "/modules/$module.ko" 2>/dev/null; done; done
while :; do perl /agent; done
`;

/**
 * Makes, in a folder, what a virtual machine is started from that boots in seconds: Debian's cloud kernel, and an initial file
 * system with busybox, this machine's Perl and the agent.
 */
export async function makeTinyMachine(folder: string): Promise<void> {
  const packages = join(folder, "packages");
  const root = join(folder, "root");
  mkdirSync(packages, { recursive: true });
  const { stdout } = await execa("apt-cache", ["depends", "linux-image-cloud-amd64"]);
  const kernel = /Depends: (linux-image-\S+)/.exec(stdout)?.[1] ?? "linux-image-cloud-amd64";
  await execa("apt-get", ["-o", "APT::Sandbox::User=root", "download", kernel, "busybox-static"], { cwd: packages });
  for (const file of globSync("*.deb", { cwd: packages }))
    await execa("dpkg-deb", ["-x", file, "."], { cwd: packages });

  const put = (file: string, to = file): void => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(file, join(root, to), { recursive: true, dereference: true });
  };
  put(join(packages, globSync("{,usr/}bin/busybox", { cwd: packages })[0] ?? ""), "bin/busybox");
  for (const file of globSync(`**/{${modules.join(",")}}.ko*`, { cwd: packages })) {
    const name = `modules/${basename(file).replace(/\.xz$/, "")}`;
    put(join(packages, file), name);
    if (file.endsWith(".xz")) {
      const text = await execa("xz", ["-dc", join(packages, file)], { encoding: "buffer" });
      writeFileSync(join(root, name), text.stdout);
    }
  }
  put("/usr/bin/perl", "bin/perl");
  for (const [, library = ""] of (await execa("ldd", ["/usr/bin/perl"])).stdout.matchAll(/(\/\S+)/g)) put(library);
  for (const modulesOfPerl of globSync("/usr/lib/*/perl-base")) put(modulesOfPerl);
  put(agentFile, "agent");
  writeFileSync(join(root, "init"), init);
  chmodSync(join(root, "init"), 0o755);
  const names = globSync("**", { cwd: root }).sort().join("\n");
  const archive = await execa(join(root, "bin/busybox"), ["cpio", "-o", "-H", "newc"], {
    cwd: root,
    input: `${names}\n`,
    encoding: "buffer",
    maxBuffer: 512 * 2 ** 20,
  });
  writeFileSync(join(folder, "initrd.img"), archive.stdout);
  writeFileSync(
    join(folder, "vmlinuz"),
    readFileSync(join(packages, globSync("boot/vmlinuz-*", { cwd: packages })[0] ?? "")),
  );
  await execa("qemu-img", ["create", "-q", "-f", "qcow2", join(folder, "disk.qcow2"), "64M"]);
}
