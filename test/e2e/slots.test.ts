import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, expect, test } from "vitest";
import { leaveSlot, takeSlot } from "../../src/verify/machine/slots.ts";
import { Store } from "../../src/verify/machine/store.ts";

const dir = mkdtempSync(join(tmpdir(), "runbook-slots-"));
afterAll(() => rmSync(dir, { recursive: true }));

test("a clean host is not cleared away by who has a /run/lock of its own, as a service or a container may", async () => {
  const store = new Store(dir);
  const slot = await takeSlot(store);
  const modules = join(import.meta.dirname, "../../src/verify/machine");
  const script = `import { leaveSlot, takeSlot } from "${modules}/slots.ts";
import { Store } from "${modules}/store.ts";
const store = new Store(${JSON.stringify(dir)});
const slot = await takeSlot(store);
console.log(slot.number);
await leaveSlot(store, slot);`;
  const words = ["--mount", "sh", "-c", 'mount -t tmpfs none /run/lock && exec "$@"', "sh", process.execPath];
  const { stdout } = await execa("unshare", [...words, "--input-type=module", "--eval", script]);
  expect(Number(stdout)).toBeGreaterThan(slot.number);
  await leaveSlot(store, slot);
});
