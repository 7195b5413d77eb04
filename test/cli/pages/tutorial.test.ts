import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../run.ts";
import { normal, pageOf, type Shown, shownIn, withOutputs } from "./tutorial.ts";

const file = join(root, "content/authors/write-a-runbook.md");
const tutorial = readFileSync(file, "utf8");
const shown = shownIn(tutorial);
const parts = shown.filter(({ kind }) => kind === "part");
const canRun = process.getuid?.() === 0 && spawnSync("ip", ["-Version"]).status === 0;

// Namespaces below /run/netns and files below /etc/netns that are seen by nobody else, and end with this.
const ALONE = `set -e
mkdir etc && cp --archive /etc/. etc/ && mount --bind etc /etc
mount -t tmpfs none /run && mkdir --mode=1777 /run/lock`;

/** What each command of the tutorial prints, in a folder with the page as far as it has got. */
function outputs(folder: string): string[] {
  mkdirSync(join(folder, "first"));
  const lines: string[] = [];
  const soFar: Shown[] = [];
  for (const [at, one] of shown.entries()) {
    if (one.kind === "part") {
      soFar.push(one);
      writeFileSync(join(folder, `page-${at}`), pageOf(soFar));
      lines.push(`cp page-${at} first/netns.md`);
    } else lines.push(`${one.title} >out-${at} 2>&1 </dev/null || true`);
  }
  const start = `function ./runbook { "${process.execPath}" "${root}/src/cli/start.cjs" "$@"; }`;
  const script = [ALONE, start, ...lines].join("\n");
  const { status, stderr } = spawnSync("unshare", ["--mount", "bash", "--norc", "-c", script], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    env: { PATH: process.env["PATH"], RUNBOOK_STATE_DIR: join(folder, "state") },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return shown.flatMap(({ kind }, at) => (kind === "part" ? [] : [readFileSync(join(folder, `out-${at}`), "utf8")]));
}

/** The outputs, as the page shows them where only times and the run's id differ. */
function asShown(printed: readonly string[], folder: string): string[] {
  const launcher = join(root, "runbook");
  const before = shown.filter(({ kind }) => kind === "printed").map(({ text }) => text);
  return printed.map((output, at) => {
    // The runner names itself as it is reached from where it was started.
    const text = output
      .replaceAll(launcher, "./runbook")
      .replaceAll(relative(folder, launcher), "./runbook")
      // Only this test has its journal elsewhere.
      .replaceAll(/RUNBOOK_STATE_DIR=\S+ /g, "");
    const old = before[at] ?? "";
    return normal(old) === normal(text) ? old : text;
  });
}

describe("the tutorial", () => {
  test("builds up the finished page", () => {
    expect(pageOf(parts)).toBe(readFileSync(join(root, "content/authors/netns.md"), "utf8"));
  });

  // Where the runner's words have changed, `vitest run test/cli/pages/tutorial.test.ts -u` writes them into the page.
  test.runIf(canRun)("shows what the runner prints", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tutorial-"));
    const printed = asShown(outputs(folder), folder);
    rmSync(folder, { recursive: true });
    expect(printed.length).toBeGreaterThan(8);
    await expect(withOutputs(tutorial, printed)).toMatchFileSnapshot(file);
  });
});
