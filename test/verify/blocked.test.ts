import { expect, test } from "vitest";
import type { Runbook } from "../../src/language/model/runbook.ts";
import { readPage } from "../../src/language/read/read-page.ts";
import { blockedBy } from "../../src/verify/blocked.ts";

async function runbook(needs: string, modifiers = ""): Promise<Runbook> {
  const text = `---\ntitle: a\nrunbook:\n  id: a\n  needs: [${needs}]\n---\n\n\`\`\`sh step="s" ${modifiers}\ntrue\n\`\`\`\n`;
  return (await readPage(text, { file: "a.md" })).runbook as Runbook;
}
const reboot = 'reboot="true" keeps="nothing is left"';

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
