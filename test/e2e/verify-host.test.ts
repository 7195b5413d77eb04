import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { fence, ProofPages } from "./support/proof-pages.ts";

// What a clean host does, and what it lacks.
const pages = new ProofPages().use();

test("a run goes on when its clean host is back from a restart, with the state that its shell had", async () => {
  pages.page(
    "restarting",
    fence('sh step="before"', "cd /opt\nname=kept\ntouch /opt/before") +
      fence(
        'sh step="restart" reboot="true" keeps="a restart leaves nothing"',
        "touch before.restart\nsystemctl reboot",
      ) +
      fence('sh step="after"', 'echo "$name in $PWD" | tee /opt/after') +
      fence('text output="after"', "kept in /opt") +
      fence('sh guard="before"', "test -e /opt/before") +
      fence('sh guard="restart"', "test -e /opt/before.restart") +
      fence('sh guard="after"', "test -e /opt/after") +
      fence('sh undo="before"', "rm -f /opt/before /opt/before.restart") +
      fence('sh undo="after"', "rm -f /opt/after"),
  );
  const run = await pages.verify("restarting");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});

test("the machine's ends of containers' lines count as what they are, whatever their names", async () => {
  const names = ["vethR4nd0m", "vethab12cd3", "veth0fc7e8c1", "veth1001_Ab3d", "uplink0"];
  const { stdout } = await execa("unshare", ["--net", "bash", "-s"], {
    input: `${names.map((name, number) => `ip link add ${name} type veth peer name peer${number}`).join("\n")}
      ${readFileSync("src/verify/residue/inventory.sh", "utf8")}`,
  });
  const interfaces = [...stdout.matchAll(/^network\tinterface (\S+)/gm)].map(([, name]) => name);
  expect(interfaces.filter((name) => name?.startsWith("veth"))).toEqual(["veth", "veth", "veth", "veth"]);
  expect(interfaces).toContain("uplink0");
});

test("what a host lacks blocks, and is never green", async () => {
  pages.page("kvm", fence('sh step="look" sets="A"', "A=1"));
  const text = readFileSync(join(pages.root, "kvm.md"), "utf8");
  writeFileSync(join(pages.root, "kvm.md"), text.replace("[root]", "[root, kvm]"));
  // Without `--on` it would be proved in a virtual machine.
  const run = await pages.verify("kvm", "--on", "lxc");
  if (existsSync("/dev/kvm") && /vmx|svm/.test(readFileSync("/proc/cpuinfo", "utf8"))) return;
  expect(run.exitCode).toBe(3);
  expect(run.stdout).toContain("blocked");
});
