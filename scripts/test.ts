/**
 * Runs all checks and tests; `npm test -- unit browser` runs some of them. The last line is `N passed, N failed`, where a check counts
 * as one, and each test as one. The lines before the last name the failures, so that they are at the end of a long log. The browser tests
 * run beside the stages that follow them: a browser keeps one core busy, and the other stages wait much of the time.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa, type StdoutStderrOption } from "execa";
import { readPackageList, supplyPackages } from "./debian/supply.ts";
import { type Counts, readCounts, readFailures } from "./test/report.ts";

interface Stage {
  name: string;
  /** Arguments of the locked Node. */
  args: string[];
  /** The name of a vitest project, whose tests are counted. */
  project?: string;
  minutes: number;
  /** Whether this stage runs beside the stages that follow. */
  beside?: boolean;
  /** Why this stage can't run here. */
  skip?: string;
}

const root = join(import.meta.dirname, "..");
const results = join(root, "test-results");
const isRoot = process.getuid?.() === 0;

const reportOf = (project: string) => join(results, `${project}.json`);

function tests(project: string, minutes: number, more: string[] = []): Stage {
  const report = reportOf(project);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, "--passWithNoTests", ...reporters];
  return { name: project, project, minutes, args: [...args, ...more] };
}

const stages: Stage[] = [
  { name: "style", minutes: 1, args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"] },
  { name: "types", minutes: 2, args: ["node_modules/typescript/bin/tsc"] },
  {
    name: "site-types",
    minutes: 3,
    args: ["node_modules/astro/bin/astro.mjs", "check", "--tsconfig", "src/site/tsconfig.json"],
  },
  // Comes after the check of types, which generates files of Astro.
  { ...tests("browser", 30, ["--no-file-parallelism"]), beside: true },
  { name: "unused", minutes: 2, args: ["node_modules/knip/bin/knip.js"] },
  { name: "pages", minutes: 1, args: ["src/cli/start.cjs", "check", "--strict"] },
  tests("unit", 8),
  {
    // Compares the machine before and after. So only the browser tests, which change nothing on the machine, may run beside it.
    // Waits for containers most of the time. So it runs while the browser tests keep a core busy.
    ...tests("e2e", 30, ["--no-file-parallelism"]),
    ...(isRoot && existsSync("/etc/debian_version") ? {} : { skip: "needs root on Debian" }),
  },
  tests("runs", 25, ["--no-file-parallelism"]),
  tests("launcher", 10, ["--no-file-parallelism"]),
];

async function run(stage: Stage): Promise<Counts> {
  const heading = `\n── ${stage.name}`;
  if (stage.skip) {
    console.log(`${heading}\nnot run: ${stage.skip}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (!stage.beside) console.log(heading);
  const log = join(results, `${stage.name}.log`);
  const output: StdoutStderrOption = stage.beside ? { file: log, append: true } : "inherit";
  const result = await execa(process.execPath, stage.args, {
    cwd: root,
    stdin: "ignore",
    stdout: output,
    stderr: output,
    env: { ASTRO_TELEMETRY_DISABLED: "1" },
    timeout: stage.minutes * 60_000,
    killDescendants: true,
    reject: false,
  });
  if (stage.beside) console.log(`${heading}\n${existsSync(log) ? readFileSync(log, "utf8") : ""}`);
  if (result.timedOut) console.log(`${stage.name} took longer than ${stage.minutes} minutes and was ended`);
  const counts = stage.project ? readCounts(reportOf(stage.project)) : { passed: 0, failed: 0, skipped: 0 };
  if (result.failed) return { ...counts, failed: Math.max(1, counts.failed) };
  return stage.project ? counts : { ...counts, passed: 1 };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(" ")}; there are ${stages.map((stage) => stage.name).join(" ")}`);
  process.exit(2);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
supplyPackages(readPackageList(join(root, "scripts/debian/packages.txt")));

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];
async function count(stage: Stage): Promise<void> {
  const counts = await run(stage);
  if (counts.failed > 0) broken.push(stage.name);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
const beside: Promise<void>[] = [];
for (const stage of stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  if (stage.beside) beside.push(count(stage));
  else await count(stage);
}
await Promise.all(beside);
console.log("");
for (const { project } of stages)
  if (project) for (const failure of readFailures(reportOf(project))) console.log(failure);
if (broken.length > 0) console.log(`failed in: ${broken.join(", ")}`);
if (total.skipped > 0) console.log(`${total.skipped} not run`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
