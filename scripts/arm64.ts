/**
 * An arm64 container on an amd64 host, from nothing to a name that resolves in it, and back. It takes up to twenty
 * minutes, most of them for the image, so it is no part of `npm test`: ./runbook --node scripts/arm64.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

const checkout = join(import.meta.dirname, "..");
const state = mkdtempSync(join(tmpdir(), "runbook-arm64-"));
const name = "rb-arm64";
const values = [`CONTAINER=${name}`, "ARCH=arm64"];

async function runbook(...args: string[]): Promise<void> {
  await execa(join(checkout, "runbook"), args, {
    env: { RUNBOOK_STATE_DIR: state },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

async function inside(...command: string[]): Promise<string> {
  return (await execa("lxc-attach", ["--name", name, "--", ...command])).stdout;
}

let machine = "";
try {
  await runbook("exec", "lxc-new", ...values, "--yes");
  machine = await inside("uname", "-m");
  await inside("getent", "hosts", "localhost");
} finally {
  await runbook("undo", "lxc-new", ...values, "--yes");
  await runbook("undo", "lxc-image", "ARCH=arm64", "--yes");
  await runbook("undo", "lxc-host", "--yes");
  rmSync(state, { recursive: true, force: true });
}
console.log(`machine: ${machine}`);
process.exitCode = machine === "aarch64" ? 0 : 1;
