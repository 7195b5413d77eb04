import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { quoteShell } from "../../../src/language/shell/quote.ts";
import { root } from "../run.ts";
import { scratch } from "../scratch.ts";

const { run, at } = scratch();

test("a run of a page by its path, which was kept from beginning, is gone on with", () => {
  const { dir, folder, count } = at();
  mkdirSync(dir);
  const page = (id: string, step: string): string => {
    const path = join(dir, `${id}.md`);
    const fence = ['```sh step="only"', step, "```"].join("\n");
    writeFileSync(path, `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n---\n\n${fence}\n`);
    return path;
  };
  const inner = page("by-path-inner", "echo came this far");
  const command = [process.execPath, join(root, "src/cli/start.cjs"), "exec", inner].map(quoteShell).join(" ");
  // The outer run holds the host.
  const outer = page(
    "by-path-outer",
    `RUNBOOK_STATE_DIR=${quoteShell(join(folder, `state-${count}`))} ${command} || echo "exit $?"`,
  );
  expect(run(["exec", outer, "--verbose"]).stdout).toContain("exit 3\n");

  const [blocked = ""] = run(["runs"])
    .stdout.split("\n")
    .filter((line) => line.endsWith("by-path-inner"));
  expect(blocked).toContain("blocked");
  const { stdout, stderr, exitCode } = run(["resume", blocked.split(" ")[0] ?? "", "--verbose"]);
  expect(stderr).toBe("");
  expect(stdout).toContain("came this far\n");
  expect(exitCode).toBe(0);
});
