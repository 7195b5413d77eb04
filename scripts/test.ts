/**
 * Runs all checks and tests; `npm test -- unit browser` runs some of them. The last line is `N passed, N failed`, where a check counts
 * as one, and each test as one. The lines before the last name the failures, so that they are at the end of a long log. Stages run
 * beside each other where they may (scripts/test/schedule.ts).
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { execa, type StdoutStderrOption } from "execa";
import { readPackageList, supplyPackages } from "./debian/supply.ts";
import { type Counts, readCounts, readFailures } from "./test/report.ts";
import { type Scheduled, schedule } from "./test/schedule.ts";

interface Stage extends Scheduled {
  /** Arguments of the locked Node. */
  args: string[];
  /** The name of a vitest project, whose tests are counted. */
  project?: string;
  /** The part of the project's files that this stage tests, of all its parts. */
  part?: string;
  /** Whether this stage has a /run/lock of its own, so that its runs and those of a stage beside it don't wait for each other. */
  ownLocks?: boolean;
  /** Why this stage can't run here. */
  skip?: string;
}

/** After how many minutes a stage counts as one that hangs, beside whatever else the machine does. */
const longest = 45;

const root = join(import.meta.dirname, "..");
const results = join(root, "test-results");
const isRoot = process.getuid?.() === 0;

const reportOf = ({ project, part }: Pick<Stage, "project" | "part">) =>
  join(results, `${[project, part?.replace("/", "-of-")].filter(Boolean).join("-")}.json`);

function tests(project: string, more: string[] = [], part?: string): Stage {
  const report = reportOf({ project, ...(part && { part }) });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, "--passWithNoTests", ...reporters];
  if (part) args.push(`--shard=${part}`);
  return { name: project, project, machine: "leaves", args: [...args, ...more], ...(part && { part }) };
}

const check = (name: string, args: string[]): Stage => ({ name, machine: "leaves", args });

/** One test at a time: they change or measure the machine. */
const inTurn = ["--no-file-parallelism"];

const parts = 9;

/** The tests of runs in parts, so that the last stages end at about the same time. Only root can give a stage locks of its own. */
function runs(): Stage[] {
  return Array.from({ length: parts }, (_, index) => ({
    ...tests("runs", inTurn, `${index + 1}/${parts}`),
    machine: "changes",
    // For what is killed, frozen or late: on two cores, two of them leave nine tenths of both idle now and then.
    waits: true,
    ...(isRoot ? { ownLocks: true } : { sharesLock: true }),
  }));
}

/** In the order in which they begin, as soon as they may: what takes longest comes first. */
const stages: Stage[] = [
  {
    ...tests("e2e", inTurn),
    machine: "compares",
    // For containers.
    waits: true,
    ...(isRoot && existsSync("/etc/debian_version") ? {} : { skip: "needs root on Debian" }),
  },
  check("site-types", ["node_modules/astro/bin/astro.mjs", "check", "--tsconfig", "src/site/tsconfig.json"]),
  // The check of the site's types generates files that these two stages read.
  { ...tests("browser", inTurn), after: "site-types" },
  check("style", ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]),
  check("types", ["node_modules/typescript/bin/tsc"]),
  { ...check("unused", ["node_modules/knip/bin/knip.js"]), after: "site-types" },
  check("pages", ["src/cli/start.cjs", "check", "--strict"]),
  tests("unit"),
  { ...tests("launcher", inTurn), machine: "changes" },
  ...runs(),
];

const titleOf = ({ name, part }: Stage): string => (part ? `${name} ${part}` : name);

/** The words before a command whose /run/lock is its own. */
const ownLocks = ["unshare", "--mount", "sh", "-c"].concat(
  'mount -t tmpfs none /run/lock && chmod 1777 /run/lock && exec "$@"',
  "sh",
);

/** Runs a stage. What it prints is shown at its end where it runs `beside` another one, whose lines are shown as they come. */
async function run(stage: Stage, beside: boolean): Promise<Counts> {
  const heading = `\n── ${titleOf(stage)}`;
  if (stage.skip) {
    console.log(`${heading}\nnot run: ${stage.skip}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (!beside) console.log(heading);
  const log = join(results, `${titleOf(stage).replaceAll(/\W+/g, "-")}.log`);
  const output: StdoutStderrOption = beside ? { file: log, append: true } : "inherit";
  const [file, ...args] = [...(stage.ownLocks ? ownLocks : []), process.execPath, ...stage.args] as [
    string,
    ...string[],
  ];
  const result = await execa(file, args, {
    cwd: root,
    stdin: "ignore",
    stdout: output,
    stderr: output,
    env: { ASTRO_TELEMETRY_DISABLED: "1" },
    timeout: longest * 60_000,
    killDescendants: true,
    reject: false,
  });
  if (beside) console.log(`${heading}\n${existsSync(log) ? readFileSync(log, "utf8") : ""}`);
  if (result.timedOut) console.log(`${stage.name} took longer than ${longest} minutes and was ended`);
  const counts = stage.project ? readCounts(reportOf(stage)) : { passed: 0, failed: 0, skipped: 0 };
  if (result.failed) return { ...counts, failed: Math.max(1, counts.failed) };
  return stage.project ? counts : { ...counts, passed: 1 };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `no such part: ${unknown.join(" ")}; there are ${[...new Set(stages.map((stage) => stage.name))].join(" ")}`,
  );
  process.exit(2);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
supplyPackages(readPackageList(join(root, "scripts/debian/packages.txt")));

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];
let isShown = false;
async function count(stage: Stage): Promise<void> {
  const beside = isShown;
  isShown = true;
  const counts = await run(stage, beside);
  if (!beside) isShown = false;
  if (counts.failed > 0) broken.push(titleOf(stage));
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
const chosen = stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
await schedule(chosen, availableParallelism(), count);
console.log("");
for (const stage of stages)
  if (stage.project) for (const failure of readFailures(reportOf(stage))) console.log(failure);
if (broken.length > 0) console.log(`failed in: ${broken.join(", ")}`);
if (total.skipped > 0) console.log(`${total.skipped} not run`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
