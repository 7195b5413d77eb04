import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { prepareMachine } from "../../src/verify/machine/prepare.ts";
import { kvmHere, LINES, launchWords, NETWORK } from "../../src/verify/machine/qemu/launch.ts";
import { endMachine, machineFolder, startMachine } from "../../src/verify/machine/qemu/process.ts";
import { Monitor } from "../../src/verify/machine/qemu/qmp.ts";
import { TRIM_DISKS } from "../../src/verify/machine/qemu/ready.ts";
import { KERNEL_WORDS } from "../../src/verify/machine/qemu/recipe.ts";
import { makeTinyMachine } from "./support/tiny-machine.ts";

// A real virtual machine, though a tiny one: what a whole Debian adds is proved by `./runbook verify --on qemu`.
const volume = mkdtempSync(join(tmpdir(), "runbook-machine-"));
const slot = 99;
const folder = machineFolder(slot);
const checkout = join(import.meta.dirname, "../..");
const line = [process.execPath, join(checkout, "src/verify/machine/qemu/line.ts"), folder, String(LINES)];
const shell = async (text: string) => {
  const [file = "", ...args] = line;
  return await execa(file, args, { input: text, reject: false, encoding: "buffer", stripFinalNewline: false });
};
const kernel = {
  file: join(volume, "vmlinuz"),
  initrd: join(volume, "initrd.img"),
  words: KERNEL_WORDS,
};
const start = async ({ from, sealed = true }: { from?: string; sealed?: boolean } = {}): Promise<number> => {
  const begun = performance.now();
  await endMachine(slot);
  mkdirSync(folder, { recursive: true });
  const words = launchWords({
    volume,
    folder,
    kvm: kvmHere(),
    sealed,
    kernel,
    ...(from !== undefined && { from }),
  });
  await startMachine(words, folder, { outlives: false });
  await shell("true");
  return performance.now() - begun;
};

beforeAll(async () => {
  await prepareMachine(["qemu"], () => {});
  await makeTinyMachine(volume);
  await start();
});

afterAll(async () => {
  await endMachine(slot);
  rmSync(volume, { recursive: true, force: true });
});

test("a shell in a machine has its own streams and status", async () => {
  const { stdout, stderr, exitCode } = await shell("echo out\necho err >&2\nexit 3");
  expect([stdout, stderr].map((bytes) => Buffer.from(bytes).toString())).toEqual(["out\n", "err\n"]);
  expect(exitCode).toBe(3);
});

test("a person gets a terminal", async () => {
  const [file = "", ...args] = line;
  const { stdout, exitCode } = await execa(file, [...args, "terminal", "tty; stty size; exit 4"], { reject: false });
  expect(stdout).toMatch(/^\/dev\/pts\/\d+\r?\n24 80/);
  expect(exitCode).toBe(4);
});

test("bytes of any kind and number come through, on several lines at once", async () => {
  const script = "dd if=/dev/urandom of=/tmp/$$ bs=64k count=16 2>/dev/null; md5sum </tmp/$$ >&2; cat /tmp/$$";
  const all = await Promise.all(Array.from({ length: 3 }, () => shell(script)));
  for (const { stdout, stderr } of all) {
    const digest = createHash("md5").update(stdout).digest("hex");
    expect([stdout.length, Buffer.from(stderr).toString()]).toEqual([2 ** 20, `${digest}  -\n`]);
  }
  const long = `${"ä long line\n".repeat(40_000)}`;
  const { stdout } = await shell(`md5sum <<'END'\n${long}END\n`);
  expect(Buffer.from(stdout).toString()).toContain(createHash("md5").update(long).digest("hex"));
});

test("a line whose process is killed is free again, and its shell has the end of its input", async () => {
  const [file = "", ...args] = line;
  const lines = Array.from({ length: LINES }, () => execa(file, args, { reject: false, stdin: "pipe" }));
  for (const one of lines) one.stdin.write("echo in\n");
  await Promise.all(lines.map((one) => new Promise((resolve) => one.stdout.once("data", resolve))));
  expect(Buffer.from((await shell("true")).stderr).toString()).toContain(`All ${LINES} lines`);
  for (const one of lines) one.kill("SIGKILL");
  await Promise.all(lines);
  expect((await shell("true")).exitCode).toBe(0);
  // Its own shell is there, and those of the killed lines are not.
  const shells = async (): Promise<number> => Number(Buffer.from((await shell("ps -o comm | grep -cx sh")).stdout));
  await expect.poll(shells, { timeout: 20_000 }).toBeLessThan(LINES);
});

test("a machine goes on from a snapshot, sooner than it boots, and as it was then", async () => {
  const booted = await start();
  await shell("touch /tmp/before");
  await Monitor.with(join(folder, "qmp"), async (monitor) => await monitor.line("savevm ready"));
  await shell("touch /tmp/after");
  expect(await start({ from: "ready" })).toBeLessThan(booted);
  const { stdout } = await shell("ls /tmp/before /tmp/after 2>/dev/null");
  expect(Buffer.from(stdout).toString()).toBe("/tmp/before\n");
  await expect(Monitor.with(join(folder, "qmp"), (monitor) => monitor.line("loadvm other"))).rejects.toThrow(/loadvm/);
});

test("what a machine's files held that are gone takes no room outside", async () => {
  await start();
  const mebibytes = (): number => (statSync(join(volume, "disk.qcow2")).blocks * 512) / 2 ** 20;
  const write = "dd if=/dev/urandom of=/disk/large bs=1M count=40 && sync";
  const { exitCode } = await shell(`mkdir /disk && mke2fs /dev/vda && mount -t ext4 /dev/vda /disk && ${write}`);
  expect(exitCode).toBe(0);
  const written = mebibytes();
  await shell(`rm /disk/large\n${TRIM_DISKS}`);
  expect(written - mebibytes()).toBeGreaterThan(35);
  await shell("umount /disk");
});

test("a sealed machine reaches nothing, where another one reaches what it is led to", async () => {
  const server = createServer((socket) => socket.end("heard\n")).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // User networking leads its gateway's address to the loopback address outside.
  const { address, gateway } = NETWORK;
  const asks = `ip link set eth0 up && ip address add ${address} dev eth0 && nc -w 5 ${gateway} ${port} </dev/null`;
  const answers: string[] = [];
  for (const sealed of [false, true]) {
    await start({ sealed });
    answers.push(Buffer.from((await shell(asks)).stdout).toString());
  }
  expect(answers).toEqual(["heard\n", ""]);
});

test("no machine outlives the process that started it, however that ends", async () => {
  await endMachine(slot);
  mkdirSync(folder, { recursive: true });
  const words = launchWords({ volume, folder, kvm: kvmHere(), sealed: true, kernel });
  const module = join(checkout, "src/verify/machine/qemu/process.ts");
  const text = `import { startMachine } from ${JSON.stringify(module)};
    await startMachine(${JSON.stringify(words)}, ${JSON.stringify(folder)}, { outlives: false });
    console.log("started"); setInterval(() => {}, 1000);`;
  const starter = execa(process.execPath, ["--input-type=module", "--eval", text], { reject: false });
  await new Promise((resolve) => starter.stdout.once("data", resolve));
  const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  expect(existsSync(`/proc/${pid}/exe`)).toBe(true);
  starter.kill("SIGKILL");
  await starter;
  await expect.poll(() => existsSync(`/proc/${pid}/exe`), { timeout: 10_000 }).toBe(false);
});
