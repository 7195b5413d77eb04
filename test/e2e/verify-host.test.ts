import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
