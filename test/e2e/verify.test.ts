import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { differences, lookAtMachine, type Machine } from "./support/machine.ts";
import { fence, ProofPages } from "./support/proof-pages.ts";

// Each runbook is proved on a real clean host: a system container of Debian 12.
const pages = new ProofPages().use();
const { root } = pages;
const page = pages.page.bind(pages);
const place = pages.place.bind(pages);
const verify = pages.verify.bind(pages);
const evidence = pages.evidence.bind(pages);
let before: Machine;

/** The bridges of clean hosts. */
const bridges = (): string[] => readdirSync("/sys/class/net").filter((name) => name.startsWith("rbv"));

beforeAll(async () => {
  // What clean hosts need is there once and for all.
  page(
    "nothing",
    fence('sh step="make" keeps="a trace"', "echo kept >/opt/kept") + fence('sh guard="make"', "test -e /opt/kept"),
  );
  expect((await verify("nothing")).exitCode).toBe(0);
  before = lookAtMachine();
});

test("a runbook that does what it says is proved, and its evidence names nobody's machine", async () => {
  page(
    "honest",
    fence(
      'sh step="unit"',
      "printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/honest.service\nsystemctl enable --now honest",
    ) +
      fence('sh step="say"', `touch /opt/said\necho "on $(hostname), $(id -un)"`) +
      fence('sh guard="say"', "test -e /etc/systemd/system/honest.service && test -e /opt/said") +
      fence('sh proof="unit" within="10s"', "systemctl is-active honest") +
      fence(
        'sh undo="unit"',
        "systemctl disable --now honest\nrm /etc/systemd/system/honest.service\nsystemctl daemon-reload",
      ) +
      fence('sh undo="say"', "rm -f /opt/said"),
  );
  const reports = ["junit", "ndjson"].flatMap((format) => ["--report", `${format}=${join(root, format)}`]);
  const run = await verify("honest", ...reports);
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  const stages = [...readFileSync(join(root, "junit"), "utf8").matchAll(/classname="[^".]*\.honest" .* name="(.*?)"/g)];
  expect(stages.map(([, name]) => name)).toEqual(
    expect.arrayContaining(["run", "proofs", "again", "restart", "undo", "residue", "script"]),
  );
  const events = readFileSync(join(root, "ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; proof?: { stage: string } });
  expect(events.at(-1)).toMatchObject({ type: "proof-finished", outcome: "passed", evidence: evidence("honest") });
  const runs = events.filter(({ type }) => type === "run-finished");
  expect(runs.map(({ proof }) => proof?.stage)).toEqual(["run", "again", "restart", "undo"]);
  const written = readFileSync(evidence("honest"), "utf8");
  expect(JSON.parse(written)).toMatchObject({ again: "passed", restart: "passed", undo: "passed", residue: [] });
  expect(written).toContain("on host, root");
  expect(written).not.toContain(hostname());
});

test("what has not changed is not proved again, and keeps its date", async () => {
  const first = readFileSync(evidence("honest"), "utf8");
  const run = await pages.verifyChanged("honest");
  expect(run.stdout).toContain("nothing has changed");
  expect(readFileSync(evidence("honest"), "utf8")).toBe(first);
});

// Each has a clean host of its own, and waits for it much of the time.
describe.concurrent("a runbook that lies is caught:", () => {
  test("a guard that is always true, where a proof knows better", async () => {
    page(
      "guard",
      fence('sh step="make"', "touch /opt/made") +
        fence('sh guard="make"', "true") +
        fence('sh proof="make"', "test -e /opt/made"),
    );
    const run = await verify("guard");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(place("guard", "test -e /opt/made"));
  });

  test("a guard that is always true, where nothing knows better, proves nothing", async () => {
    page("hollow", fence('sh step="make" keeps="x"', "touch /opt/made") + fence('sh guard="make"', "true"));
    const run = await verify("hollow", "--strict");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('not proved: "make"');
  });

  test("a proof that proves nothing", async () => {
    page(
      "proof",
      fence('sh step="make"', "touch /opt/made") +
        fence('sh proof="make"', "true") +
        fence('sh undo="make"', "rm -f /opt/made"),
    );
    const run = await verify("proof");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("before the step has run");
    expect(run.stdout).toContain(place("proof", 'proof="make"'));
  });

  // The work is kept, so it is there after undo: the proof must be asked on a host where nothing has run.
  test("a proof that does its step's work", async () => {
    page(
      "working",
      fence('sh step="make" keeps="x"', "true") +
        fence('sh guard="make"', "test -e /opt/made") +
        fence('sh proof="make"', "touch /opt/made"),
    );
    const run = await verify("working");
    expect(run.exitCode, run.stdout).toBe(1);
    expect(run.stdout).toContain("does the step's work");
    expect(run.stdout).toContain(place("working", 'proof="make"'));
  });

  test.each([
    ["file", "touch /opt/made /opt/forgotten", "test -e /opt/made", "rm /opt/made", ["file /opt/forgotten (added)"]],
    [
      "unit",
      "touch /opt/made\nprintf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/forgotten.service\nsystemctl enable --now forgotten",
      "test -e /opt/made",
      "rm /opt/made",
      ["unit forgotten.service (added)"],
    ],
    [
      "rule",
      [
        "touch /opt/made",
        "echo 'table inet forgotten { }' >>/etc/nftables.conf",
        "systemctl enable nftables",
        "systemctl restart nftables",
        "echo root:forgotten | chpasswd",
        "echo net.ipv6.conf.all.forwarding=1 >/etc/sysctl.d/forwarding.conf",
        "sysctl --load /etc/sysctl.d/forwarding.conf",
      ].join("\n"),
      "test -e /opt/made",
      "rm /opt/made /etc/sysctl.d/forwarding.conf",
      [
        "firewall table inet forgotten (added)",
        "user password of root (added)",
        "network net.ipv6.conf.all.forwarding (changed)",
      ],
    ],
  ])("an undo that forgets a %s", async (id, step, guard, undo, left) => {
    page(id, fence('sh step="make"', step) + fence('sh guard="make"', guard) + fence('sh undo="make"', undo));
    const run = await verify(id);
    expect(run.exitCode, run.stdout).toBe(1);
    expect(run.stdout).toContain("error[undo]");
    for (const thing of left) expect(run.stdout).toContain(thing);
    expect(existsSync(evidence(id))).toBe(false);
  });

  test("an order that works only once", async () => {
    page("once", fence('sh step="make" keeps="x"', "mkdir /opt/only"));
    const run = await verify("once");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("error[again]");
    expect(run.stdout).toContain(place("once", "mkdir /opt/only"));
    expect(run.stdout).toContain("File exists");
  });

  test("output that differs", async () => {
    page("output", fence('sh step="say" sets="A"', "A=1; echo one") + fence('text output="say"', "two"));
    const run = await verify("output", "--report", "github");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toMatch(/^::error file=.*output\.md,line=\d+,.*title=output on lxc-debian-12-amd64%3A run::/m);
    expect(run.stdout).toContain(place("output", "two"));
  });

  test("a secret that is printed in a form which masking does not know", async () => {
    page(
      "secret",
      fence('sh step="say" sets="A"', `A=1; printf %s "$TOKEN" | od -An -tx1 | tr -d ' \\n'`),
      "  params:\n    TOKEN: { secret: true }\n",
    );
    const run = await verify("secret");
    expect(run.exitCode, run.stdout).toBe(1);
    expect(run.stdout).toContain("The secret TOKEN is in what the run keeps");
  });
});

test("a failure is noted in the evidence of the last pass", async () => {
  const text = readFileSync(join(root, "honest.md"), "utf8");
  writeFileSync(join(root, "honest.md"), text.replace("rm -f /opt/said", "true"));
  expect((await verify("honest")).exitCode).toBe(1);
  expect(JSON.parse(readFileSync(evidence("honest"), "utf8"))).toMatchObject({
    again: "passed",
    lastFailure: { stage: "undo", step: null },
  });
});

test("a verify that is killed is cleared away by the next, and the machine is as it was, its mounts too", async () => {
  page("slow", fence('sh step="wait" keeps="x"', "sleep 300"));
  const launcher = join(import.meta.dirname, "../../runbook");
  const killed = execa(launcher, ["verify", "--content", root, "slow"], { reject: false, stdin: "ignore" });
  await expect.poll(bridges, { timeout: 120_000, interval: 200 }).toHaveLength(1);
  killed.kill("SIGKILL");
  await killed;
  expect((await verify("nothing")).exitCode).toBe(0);
  expect(bridges()).toEqual([]);
  expect(differences(before, lookAtMachine())).toEqual([]);
});
