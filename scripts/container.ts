/**
 * Runs the whole procedure with values that `npm test` does not use, from nothing to a container that keeps its only address
 * over a restart, and undoes it: `./runbook --node scripts/container.ts RELEASE=bookworm`. ARCH=arm64 on amd64 takes up to
 * twenty minutes, most of them for the image.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

const checkout = join(import.meta.dirname, "..");
const state = mkdtempSync(join(tmpdir(), "runbook-container-"));
const name = "rb-values";
const given = process.argv.slice(2);
const values = [`CONTAINER=${name}`, ...given];
const ofImage = given.filter((value) => /^(DIST|RELEASE|ARCH)=/.test(value));
const machines: Record<string, string> = { arm64: "aarch64", amd64: "x86_64" };

async function runbook(...args: string[]): Promise<void> {
  await execa(join(checkout, "runbook"), args, {
    env: { RUNBOOK_STATE_DIR: state },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

async function inside(command: string): Promise<string> {
  return (await execa("lxc-attach", ["--name", name, "--", "sh", "-c", command])).stdout;
}

const addresses = "ip -4 -oneline address show dev eth0 | awk '{ print $4 }'";
const seen: Record<string, string> = {};
try {
  await runbook("exec", "lxc-new", ...values, "--yes");
  seen["ARCH"] = await inside("uname -m");
  seen["RELEASE"] = await inside('. /etc/os-release && echo "$VERSION_CODENAME"');
  seen["before"] = await inside(addresses);
  await execa("lxc-stop", ["--name", name]);
  await execa("lxc-start", ["--name", name]);
  // After this time a DHCP client would have got a second address.
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  seen["after"] = await inside(addresses);
} finally {
  await runbook("undo", "lxc-new", ...values, "--yes");
  await runbook("undo", "lxc-image", ...ofImage, "--yes");
  await runbook("undo", "lxc-host", "--yes");
  rmSync(state, { recursive: true, force: true });
}
console.log(seen);
const asGiven = given.every((value) => {
  const [parameter = "", text = ""] = value.split("=");
  return seen[parameter] === undefined || seen[parameter] === (machines[text] ?? text);
});
process.exitCode = asGiven && /^[0-9./]+$/.test(seen["before"] ?? "") && seen["before"] === seen["after"] ? 0 : 1;
