import { expect, test } from "vitest";
import type { Runbook } from "../../src/language/model/runbook.ts";
import { readPage } from "../../src/language/read/read-page.ts";
import { blockedBy } from "../../src/verify/blocked.ts";

async function runbook(needs: string, modifiers = ""): Promise<Runbook> {
  const text = `---\ntitle: a\nrunbook:\n  id: a\n  needs: [${needs}]\n---\n\n\`\`\`sh step="s" ${modifiers}\ntrue\n\`\`\`\n`;
  return (await readPage(text, { file: "a.md" })).runbook as Runbook;
}
const reboot = 'reboot="true" keeps="nothing is left"';

test("on a runbook whose work a restart takes away, no clean host can begin", async () => {
  const lost = { ...(await runbook("root")), id: "lost", verify: { values: [], transient: "it lies in memory" } };
  const order = [lost, await runbook("root")];
  expect(blockedBy(order, { kind: "lxc", sealed: false })?.message).toContain(
    "requires lost, whose work a restart takes away",
  );
  expect(blockedBy(order, { kind: "here", sealed: false })).toBeUndefined();
  expect(blockedBy([lost], { kind: "lxc", sealed: false })).toBeUndefined();
});

test.each([
  ["here", false, "root", reboot, "restarts the host"],
  ["lxc", false, "root", reboot, undefined],
  ["qemu", true, "root", reboot, undefined],
  ["qemu", true, "root, internet", "", "needs the internet"],
  ["qemu", false, "root, internet", "", undefined],
] as const)(
  "on %s, sealed %s, a runbook that needs [%s] and has a step with `%s`: %s",
  async (kind, sealed, needs, modifiers, says) => {
    const blocked = blockedBy([await runbook("root"), await runbook(needs, modifiers)], { kind, sealed });
    if (says === undefined) expect(blocked).toBeUndefined();
    else expect(blocked?.message).toContain(says);
  },
);
