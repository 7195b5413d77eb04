import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { release, tmpdir, totalmem, userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hostFacts } from "../../../src/engine/facts/facts.ts";
import { probe } from "../../../src/engine/facts/probe.ts";

/** Runs the probe in a shell of this machine, and counts the round trips. */
function shell(command: string[], env: NodeJS.ProcessEnv = process.env) {
  const [file = "", ...args] = command;
  const calls: string[] = [];
  const run = async (script: string) => {
    calls.push(script);
    const { status, stdout, stderr } = spawnSync(file, [...args, "-c", script], {
      encoding: "utf8",
      env,
      cwd: "/",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(stderr).toBe("");
    return { exitCode: status ?? -1, stdout };
  };
  return { calls, run };
}

const says = (stdout: string) => async () => ({ exitCode: 0, stdout });

const shells = [["sh"], ["bash"], ["busybox", "sh"], ["dash"]].filter(
  ([name]) => spawnSync(`${name}`, ["-c", ":"]).error === undefined,
);

describe.each(shells)("in %s", (...command) => {
  test("a host says what it offers in one round trip", async () => {
    const { calls, run } = shell(command);
    const facts = await hostFacts(run);
    expect(calls).toHaveLength(1);
    expect(facts).toMatchObject({
      user: userInfo().username,
      root: process.getuid?.() === 0,
      kernel: release(),
      cgroup: existsSync("/sys/fs/cgroup/cgroup.controllers") ? 2 : 1,
      kvm: { device: existsSync("/dev/kvm") ? expect.stringMatching(/^(opens|present)$/) : "absent" },
    });
    expect(facts.memory).toBeGreaterThan(totalmem() * 0.9);
    expect(facts.memory).toBeLessThan(totalmem() * 1.1);
    expect(facts.diskFree).toBeGreaterThan(0);
    expect(facts.systemd !== undefined).toBe(existsSync("/run/systemd/system"));
    expect(facts).not.toHaveProperty("network");
  });
});

test("what the host can reach is said where it is asked for", async () => {
  const { run } = shell(["sh"], { ...process.env, http_proxy: "http://me:password@proxy:3128" });
  const { network } = await hostFacts(run, { network: true });
  expect(network).toEqual({ mirror: expect.any(Boolean), imageServer: expect.any(Boolean), proxy: true });
});

test("the probe leaves nothing behind and needs no tools", async () => {
  const dir = mkdtempSync(join(tmpdir(), "runbook-probe-"));
  try {
    const { run } = shell(["/bin/sh"], { PATH: dir, HOME: dir, TMPDIR: dir });
    expect(await hostFacts(run, { network: true })).toMatchObject({ user: "", root: false, kvm: { nested: false } });
    expect(readdirSync(dir)).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test("a shell with errexit, nounset and pipefail on gets through, and keeps its variables", async () => {
  const { run } = shell(["bash", "-euo", "pipefail"], { PATH: process.env.PATH });
  const script = async (probe: string) => run(`name=mine; ${probe}; printf 'user=%s\\n' "$name"`);
  expect((await hostFacts(script)).user).toBe("mine");
});

test.runIf(process.getuid?.() === 0)("where there is no device /dev/kvm, none is made", () => {
  const script = `mount -t tmpfs none /dev && mknod -m 666 /dev/null c 1 3 && ${probe({ network: false })}; ls /dev`;
  const { status, stdout } = spawnSync("unshare", ["--mount", "sh", "-c", script], { encoding: "utf8" });
  if (status !== 0) return; // no mounts here
  expect(stdout).toMatch(/\nend=yes\nnull\n$/);
  expect(stdout).not.toContain("kvm-device");
});

test("a greeting that the host's shell prints is no answer", async () => {
  const facts = await hostFacts(says("Welcome!\nuid=0\nuser=root\nmotd: x=y\nend=yes\n"));
  expect(facts).toEqual({
    user: "root",
    root: true,
    kvm: { cpu: false, device: "absent", nested: false },
    bootloader: false,
    binfmt: [],
  });
});

test.each(["", "uid=0\n"])("a host that stops in its answer is told: %j", async (stdout) => {
  await expect(hostFacts(says(stdout))).rejects.toMatchObject({ code: "host-unusable", exitCode: 3 });
});

test.each([
  ["machine=x86_64\nkvm-device=present\nkvm-device=opens", { cpu: false, device: "opens", nested: false }],
  ["machine=x86_64\nkvm-cpu=yes\nkvm-device=present\nnested=Y", { cpu: true, device: "present", nested: true }],
  ["machine=x86_64\nkvm-cpu=yes\nnested=0", { cpu: true, device: "absent", nested: false }],
  ["machine=aarch64\nkvm-device=present\nkvm-device=opens", { cpu: true, device: "opens", nested: false }],
  ["machine=aarch64", { cpu: false, device: "absent", nested: false }],
])("KVM is what processor and device say: %j", async (said, kvm) => {
  expect((await hostFacts(says(`${said}\nend=yes\n`))).kvm).toEqual(kvm);
});

test("every architecture that binfmt knows is kept", async () => {
  expect((await hostFacts(says("binfmt=aarch64\nbinfmt=riscv64\nend=yes\n"))).binfmt).toEqual(["aarch64", "riscv64"]);
});
