/**
 * Measures the runner against its targets and against other tools in the same run, and prints a table of ratios.
 * `npm run bench` measures what needs no container. `-- --container NAME` adds a row for that running container, `-- --lxc`
 * the row of the whole procedure, which makes and destroys containers, `-- --verify` the rows of proofs, `-- --ansible` those of a play
 * on eight containers, and `-- --site` those of the site. `-- --only list,check` measures these parts alone. The bench installs the other tools from Debian.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchFleet } from "./bench/fleet.ts";
import { lighthouseScores } from "./bench/lighthouse.ts";
import { times } from "./bench/measure.ts";
import { compareProcedure } from "./bench/procedure.ts";
import { RunnerBench } from "./bench/runner.ts";
import { compareSites, measureGrowth } from "./bench/site.ts";
import { Table } from "./bench/table.ts";
import { measureTyping } from "./bench/typing.ts";
import { verifyRows } from "./bench/verify.ts";
import { supplyPackages } from "./debian/supply.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    container: { type: "string" },
    lxc: { type: "boolean", default: false },
    site: { type: "boolean", default: false },
    verify: { type: "boolean", default: false },
    ansible: { type: "boolean", default: false },
    pairs: { type: "string", default: "3" },
    only: { type: "string" },
  },
});

const rounds = Number(options.rounds);
const work = mkdtempSync(join(tmpdir(), "runbook-bench-"));
const launcher = join(import.meta.dirname, "../runbook");
const packages = ["python3-cram", "clitest", "bats", "ansible-core"];
const table = new Table();
const runner = new RunnerBench(table, { work, rounds });

async function benchProcedure(): Promise<void> {
  const ratio = await compareProcedure(launcher, Number(options.pairs));
  table.add(
    "`exec lxc-new`, host and image there",
    `${times(ratio)} a plain script of its commands`,
    "≤ 1.05 ×",
    ratio <= 1.05,
  );
}

async function benchAnsible(): Promise<void> {
  supplyPackages(["lxc", "mmdebstrap", "openssh-client"]);
  await benchFleet(table, launcher, work);
}

async function benchTyping(): Promise<void> {
  const { median: middle, slowed, longest, places } = await measureTyping(40);
  table.add(
    "a keystroke in the form of a page of 40 steps",
    `${middle.toFixed(1)} ms for ${places} places; at 4 × slow-down ${slowed.toFixed(1)} ms, at most ${longest.toFixed(1)}`,
    "≤ 16 ms, slowed down too",
    slowed <= 16,
  );
}

async function benchSite(): Promise<void> {
  const { build, bytes } = await compareSites(5);
  table.add("a build of the site", `${times(build)} a bare Starlight site of the same pages`, "≤ 1.1 ×", build <= 1.1);
  for (const [name, ratio] of Object.entries(bytes)) {
    table.add(`${name}, gzipped, with all it loads`, `${times(ratio)} the same page there`, "≤ 1.15 ×", ratio <= 1.15);
  }
  const [few, many] = await measureGrowth([20, 200, 1000]);
  table.add(
    "a page more, from 200 to 1000 pages",
    `${times(many / few)} one from 20 to 200`,
    "linear (≤ 1.2 ×)",
    many / few <= 1.2,
  );
}

async function benchLighthouse(): Promise<void> {
  for (const { address, scores } of await lighthouseScores(["", "docker/", "compare/", "lxc/lxc-new/"])) {
    const all = Object.values(scores);
    table.add(
      `Lighthouse of /${address}, phone and desktop`,
      Object.entries(scores)
        .map(([name, score]) => `${name} ${score}`)
        .join(", "),
      "100 each",
      all.length > 3 && all.every((score) => score === 100),
    );
  }
}

function versions(): string {
  const query = spawnSync("dpkg-query", ["--show", "--showformat=${Package} ${Version}, ", "bash", ...packages], {
    encoding: "utf8",
  });
  return `${availableParallelism()} cores, Node ${process.versions.node}, ${query.stdout.replace(/, $/, "")}`;
}

const parts: Record<string, () => void | Promise<void>> = {
  list: () => runner.list(),
  steps: () => runner.steps(),
  ...(options.container && { container: () => runner.container(options.container ?? "") }),
  output: () => runner.output(),
  check: () => runner.check(),
  "check-site": () => runner.checkSite(),
  typing: benchTyping,
  ...(options.site && { site: benchSite, lighthouse: benchLighthouse }),
  ...(options.lxc && { lxc: benchProcedure }),
  ...(options.ansible && { ansible: benchAnsible }),
  ...(options.verify && { verify: () => table.addAll(verifyRows(launcher, work)) }),
};

supplyPackages(packages);
try {
  for (const name of options.only?.split(",") ?? Object.keys(parts)) await parts[name]?.();
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(String(table));
console.log(`\nMedians of runs in turns, on ${versions()}.`);
