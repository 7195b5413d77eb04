import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../run.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-pages-"));
  writeFileSync(join(folder, "a.md"), '---\nrunbook: { id: a }\n---\n\n```sh step="one" keeps="nothing"\ntrue\n```\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each<[string, () => void, NodeJS.ProcessEnv, RegExp]>([
  ["nothing where only root can", () => {}, {}, /^$/],
  [
    "a page that all may write",
    () => chmodSync(join(folder, "a.md"), 0o666),
    {},
    /a\.md may be written by others\.\n$/,
  ],
  [
    "a folder that all may write",
    () => chmodSync(folder, 0o777),
    {},
    /runbook-pages-\w+ may be written by others\.\n$/,
  ],
  [
    "a folder of another user's",
    () => chownSync(folder, 12_345, 0),
    {},
    /runbook-pages-\w+ belongs to the user 12345\.\n$/,
  ],
  ["nothing where that user called sudo", () => chownSync(folder, 12_345, 0), { SUDO_UID: "12345" }, /^$/],
])("root is told who else can change what runs: %s", (_, change, env, said) => {
  if (process.getuid?.() !== 0) return;
  chownSync(folder, 0, 0);
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "a.md"), 0o644);
  change();
  const state = { RUNBOOK_STATE_DIR: join(tmpdir(), "runbook-pages-state") };
  const { stderr, exitCode } = run(["exec", "a", "--content", folder, "--quiet"], { env: { ...state, ...env } });
  rmSync(state.RUNBOOK_STATE_DIR, { recursive: true, force: true });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(said);
});
