import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace } from "../../engine/support/run-page.ts";
import { commandLine, type Ended, root } from "../run.ts";

/** Runs the command line with at most 64 open files, of which some are open already. */
function run(args: string[], held: number, state: string): Ended {
  const script = `ulimit -n 64; for n in {1..${held}}; do exec {file}</dev/null; done; exec "$@"`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", script, "bash", ...commandLine(args)], {
    encoding: "utf8",
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], RUNBOOK_STATE_DIR: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { stdout, stderr, exitCode: status };
}

test("where no more files may be open, a target counts neither as entered nor as gone", () => {
  const { work } = makePlace({});
  const names = ["t0", "t1", "t2", "t3", "t4"];
  const step = (name: string) => `
\`\`\`sh step="${name}" on="${name}"
touch ${work}/${name}
\`\`\`

\`\`\`sh guard="${name}"
test -e ${work}/${name}
\`\`\`

\`\`\`sh undo="${name}"
rm ${work}/${name}
\`\`\`
`;
  const targets = names.map((name) => `    ${name}: env IN=${name}\n`).join("");
  const { content, state } = makePlace({
    "page.md": `---\nrunbook:\n  id: page\n  targets:\n${targets}---\n${names.map(step).join("")}`,
  });
  const holding = (held: number, ...words: string[]): Ended => run([...words, "--content", content], held, state);
  const first = holding(24, "exec", "page", "--yes");
  expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("error[few-descriptors]") });
  expect(first.stdout).toContain("`ulimit -n 1024`");
  expect(first.stdout).toMatch(/passed +page\/t0/);
  // Work that is there is taken neither for undone nor for not done.
  const undone = holding(30, "undo", "page", "--yes");
  expect(undone).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("error[few-descriptors]") });
  for (const name of names) writeFileSync(join(work, name), "");
  const status = holding(24, "status", "page");
  expect(status).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("error[few-descriptors]") });
});
