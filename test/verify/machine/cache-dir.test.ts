import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { refuseOthers } from "../../../src/verify/machine/files/cache-dir.ts";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "runbook-cache-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

test.runIf(process.getuid?.() === 0)("layers are kept only where nobody else can put others in their place", () => {
  const own = folder();
  expect(() => refuseOthers(join(own, "runbook/verify"))).not.toThrow();
  const theirs = folder();
  chownSync(theirs, 65_534, 65_534);
  const refused = (dir: string): void => expect(() => refuseOthers(dir), dir).toThrow(/is not safe/);
  // Not there yet, there and root's, and through a link.
  refused(join(theirs, "runbook/verify"));
  mkdirSync(join(theirs, "verify"), { mode: 0o700 });
  refused(join(theirs, "verify"));
  symlinkSync(theirs, join(own, "link"));
  refused(join(own, "link/verify"));
  const open = folder();
  chmodSync(open, 0o777);
  refused(join(open, "verify"));
});
