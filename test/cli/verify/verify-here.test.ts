import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { commandLine, type Ended } from "../run.ts";

// Proofs on this machine itself, of a runbook and of one that it requires.
let root: string;

const page = (id: string, requires: string, fences: string): void =>
  writeFileSync(
    join(root, `${id}.md`),
    `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires}]\n---\n\n${fences}`,
  );
const step = (id: string, text: string, undo: string): string =>
  [
    ["step", text],
    ["guard", `test -e ${root}/${id}`],
    ["undo", undo],
  ]
    .map(([role, shell]) => `\`\`\`sh ${role}="${id}"\n${shell}\n\`\`\`\n`)
    .join("\n");
/** With a network and control groups of its own, since the proof looks whether they stay as they were. */
const quiet = ["--net", "--mount", "sh", "-c", 'mount -t tmpfs none /sys/fs/cgroup && exec "$@"', "sh"];
function verify(env: NodeJS.ProcessEnv, ...words: string[]): Ended {
  const line = commandLine(["verify", "--content", root, ...words]);
  const { stdout, stderr, status } = spawnSync("unshare", [...quiet, ...line], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], RUNBOOK_VERIFY_DIR: join(root, "layers"), ...env },
  });
  return { stdout, stderr, exitCode: status };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "runbook-here-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  page("below", "", step("below", `touch ${root}/below`, `rm -f ${root}/below`));
  page("above", "below", step("above", `cp ${root}/below ${root}/above`, `rm -f ${root}/above`));
  const git = ["-C", root, "-c", "user.name=a", "-c", "user.email=a@example.org"];
  execFileSync("git", ["-C", root, "init", "--quiet"]);
  execFileSync("git", [...git, "commit", "--quiet", "--allow-empty", "-m", "pages"]);
});

test("a machine that does not say that it is thrown away is not proved on", () => {
  const refused = verify({}, "--on", "here");
  expect(refused.stderr).toContain("needs-yes");
  expect(existsSync(join(root, "below"))).toBe(false);
});

test("a machine of a CI job is proved on, and keeps the end state of what is required", () => {
  const ended = verify({ CI: "true" }, "--on", "here", "above");
  expect(ended.stdout + ended.stderr).toContain("proved");
  expect([existsSync(join(root, "below")), existsSync(join(root, "above"))]).toEqual([true, false]);
  const [file = ""] = readdirSync(join(root, "evidence"));
  expect(file).toMatch(/^above@here-/);
  const evidence = JSON.parse(readFileSync(join(root, "evidence", file), "utf8"));
  expect(evidence).toMatchObject({ again: "passed", restart: "skipped", undo: "passed" });
});

test("a step that restarts the machine is not proved on it", () => {
  page("again", "", '```sh step="again" reboot="true" keeps="a restart leaves nothing"\nfalse\n```\n');
  const blocked = verify({}, "--on", "here", "--yes", "again");
  expect(blocked.stdout).toContain("A step restarts the host");
  expect(blocked.exitCode).toBe(3);
});

test.each([
  ["--on", "lxc", "--offline"],
  ["--on", "here", "--yes", "--image", "debian-13"],
])("%s %s with %s is refused", (...words) => {
  expect(verify({}, ...words).stderr).toContain("contradicting-flags");
});
