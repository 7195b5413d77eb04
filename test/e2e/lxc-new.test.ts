import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { differences, lookAtMachine, type Machine } from "./support/machine.ts";
import { runbook } from "./support/runner.ts";

// One story on this machine, told in order: from nothing to two containers and back.
const root = mkdtempSync(join(tmpdir(), "runbook-e2e-"));
const state = join(root, "state");
const names = ["rb-e2e-one", "rb-e2e-two"];
let before: Machine;
let key: string;

const attach = (name: string, ...command: string[]) =>
  execa("lxc-attach", ["--name", name, "--", ...command], { reject: false });
const exec = (name: string, ...more: string[]) =>
  runbook(["exec", "lxc-new", `CONTAINER=${name}`, `SSH_KEY=${key}`, "--yes", ...more], { state });
const addressOf = async (name: string): Promise<string[]> => {
  const { stdout } = await attach(name, "ip", "-4", "-oneline", "address", "show", "dev", "eth0");
  return [...stdout.matchAll(/inet ([0-9.]+)\//g)].map((match) => match[1] as string);
};
const ssh = (address: string, command: string) =>
  execa(
    "ssh",
    [
      "-i",
      join(root, "key"),
      "-o",
      "StrictHostKeyChecking=no",
      "-o",
      `UserKnownHostsFile=${root}/known`,
      "-o",
      "BatchMode=yes",
      `root@${address}`,
      command,
    ],
    { reject: false },
  );

beforeAll(async () => {
  mkdirSync(state, { mode: 0o700 });
  await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "e2e", "-f", join(root, "key")]);
  key = readFileSync(join(root, "key.pub"), "utf8").trim();
  before = lookAtMachine();
});

afterAll(async () => {
  for (const name of names) await execa("lxc-destroy", ["--force", "--name", name], { reject: false });
  rmSync(root, { recursive: true, force: true });
});

test("one command takes a bare Debian to a container that answers ssh", async () => {
  const run = await exec("rb-e2e-one");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  const [address, ...others] = await addressOf("rb-e2e-one");
  expect(others).toEqual([]);
  expect(run.stdout).toContain(`ssh root@${address}`);
  expect(run.stdout).toMatch(/lxc-attach --name ["']?rb-e2e-one/);
  expect(run.stdout).toMatch(/\.\/runbook undo \S+/);
  const there = await ssh(
    address as string,
    "hostname; cat /etc/resolv.conf; systemctl is-enabled systemd-resolved; command -v zsh screen vim",
  );
  expect(there.stdout.split("\n")).toEqual([
    "rb-e2e-one",
    "search mydomain",
    expect.stringMatching(/^nameserver [0-9.]+$/),
    "disabled",
    "/usr/bin/zsh",
    "/usr/bin/screen",
    "/usr/bin/vim",
  ]);
  expect((await attach("rb-e2e-one", "getent", "hosts", "localhost")).exitCode).toBe(0);
});

test("run again it skips every step that changes something", async () => {
  const again = await exec("rb-e2e-one");
  expect(again.exitCode).toBe(0);
  const ran = [...again.ends.values()]
    .filter((end) => end.outcome !== "skipped")
    .map((end) => `${end.runbook}/${end.step}`);
  const reading = again.events.flatMap((event) =>
    event.type === "step-started" && event.sets ? [`${event.runbook}/${event.step}`] : [],
  );
  expect(ran.filter((step) => !reading.includes(step))).toEqual([]);
});

test("the container keeps its one address over a restart", async () => {
  const address = await addressOf("rb-e2e-one");
  await execa("lxc-stop", ["--name", "rb-e2e-one", "--timeout", "20"]);
  const again = await exec("rb-e2e-one");
  expect(again.exitCode, again.stdout).toBe(0);
  expect(again.ends.get("lxc-new/start")?.outcome).toBe("passed");
  expect(await addressOf("rb-e2e-one")).toEqual(address);
  expect((await ssh(address[0] as string, "true")).exitCode).toBe(0);
});

test("killed in every step and resumed, a second container ends the same, at an address of its own", async () => {
  const own = ["create", "network", "start", "resolved", "dhcp", "resolver", "update", "install", "key", "login"];
  let args = ["exec", "lxc-new", "CONTAINER=rb-e2e-two", `SSH_KEY=${key}`, "--yes"];
  for (const step of own) {
    const killed = await runbook(args, {
      state,
      killAt: (event) =>
        "step" in event &&
        event.runbook === "lxc-new" &&
        event.step === step &&
        // Of the container there is half by then.
        (step === "create" ? event.type === "output" && /Unpacking/.test(event.text) : event.type === "step-started"),
    });
    expect(killed.exitCode, `${step}: ${killed.stdout}${killed.stderr}`).toBe(undefined);
    args = ["resume", "--yes"];
  }
  const ended = await runbook(args, { state });
  expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0);
  const [one] = await addressOf("rb-e2e-one");
  const two = await addressOf("rb-e2e-two");
  expect(two).toHaveLength(1);
  expect(two[0]).not.toBe(one);
  expect((await ssh(two[0] as string, "cat /root/.ssh/authorized_keys")).stdout).toBe(key);
  const config = readFileSync("/var/lib/lxc/rb-e2e-two/config", "utf8");
  expect(config.match(/^lxc\.net\.0\.ipv4\.address/gm)).toHaveLength(1);
});

test("undone, the machine is as before, but for what the pages keep with a reason", async () => {
  for (const name of [...names].reverse()) {
    const undone = await runbook(["undo", "lxc-new", `CONTAINER=${name}`, "--yes"], { state });
    expect(undone.exitCode, undone.stdout + undone.stderr).toBe(0);
  }
  for (const id of ["lxc-image", "lxc-host"]) {
    const undone = await runbook(["undo", id, "--yes"], { state });
    expect(undone.exitCode, undone.stdout + undone.stderr).toBe(0);
  }
  expect(differences(before, lookAtMachine())).toEqual([]);
});
