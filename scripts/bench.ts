/**
 * Measures runbook against its targets and against others in the same run, and prints a table of ratios.
 * `npm run bench` does what needs no container; `-- --container NAME` adds a running one's row, `-- --lxc`
 * that of the whole procedure, which makes and destroys containers, `-- --verify` those of proofs, `-- --site` the site's;
 * `-- --only list,check` runs parts. It installs the others from Debian.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { echoPage, ordinaryContent, othersInputs, stepPage } from "./bench/inputs.ts";
import { lighthouseScores } from "./bench/lighthouse.ts";
import { type Command, compare, median, time, watch } from "./bench/measure.ts";
import { compareProcedure } from "./bench/procedure.ts";
import { compareSites, measureGrowth } from "./bench/site.ts";
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
    pairs: { type: "string", default: "3" },
    only: { type: "string" },
  },
});

interface Row {
  what: string;
  measured: string;
  target: string;
  met: boolean;
}

const rows: Row[] = [];
const rounds = Number(options.rounds);
const work = mkdtempSync(join(tmpdir(), "runbook-bench-"));
const launcher = join(import.meta.dirname, "../runbook");
const content = join(work, "content");
const packages = ["python3-cram", "clitest", "bats", "ansible-core"];

const runbook = (...args: string[]): Command => ({
  argv: [launcher, ...args],
  env: { RUNBOOK_STATE_DIR: join(work, "state"), XDG_CACHE_HOME: join(work, "cache") },
});
const exec = (id: string): Command => runbook("exec", id, "--content", content, "--yes");
const node: Command = { argv: [process.execPath, "-e", "0"] };
const times = (ratio: number) => `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;

function row(what: string, measured: string, target: string, met: boolean): void {
  rows.push({ what, measured, target, met });
  console.error(`${what}: ${measured} (${target})`);
}

function benchList(): void {
  const pages = ordinaryContent(join(work, "sixty"), 60);
  const { list, empty } = compare(rounds * 3, { list: runbook("list", "--content", pages), empty: node });
  row("`./runbook list`, 60 pages", `${times(list / empty)} \`node -e 0\``, "≤ 3 ×", list / empty <= 3);
}

function benchSteps(): void {
  for (const count of [20, 200]) writeFileSync(join(content, `echo-${count}.md`), echoPage(`echo-${count}`, count));
  const few = othersInputs(join(work, "few"), 20);
  const many = othersInputs(join(work, "many"), 200);
  const others = (inputs: typeof few) => ({
    bash: { argv: ["bash", inputs.bash] },
    cram: { argv: ["cram3", "--shell=/bin/bash", inputs.cram] },
    clitest: { argv: ["clitest", "--quiet", inputs.clitest] },
    bats: { argv: ["bats", inputs.bats] },
  });
  const at20 = compare(rounds, { empty: node, runbook: exec("echo-20"), ...others(few) });
  const ansible = time({ argv: ["ansible-playbook", few.ansible], env: { ANSIBLE_LOCALHOST_WARNING: "False" } });
  const at200 = compare(Math.ceil(rounds / 2), { empty: node, runbook: exec("echo-200"), ...others(many) });
  const { shell } = compare(rounds * 5, { shell: { argv: ["bash", "-c", "true"] } });

  const to = (name: Exclude<keyof typeof at20, "empty" | "runbook">) =>
    `${name} ${times(at20.runbook / at20[name])} (200: ${times(at200.runbook / at200[name])})`;
  const against = [to("bash"), to("cram"), to("clitest"), to("bats"), `ansible ${times(at20.runbook / ansible)}`];
  const ratio20 = at20.runbook / at20.empty;
  const ratio200 = at200.runbook / at200.empty;
  const aStep = (at200.runbook - at20.runbook) / 180;
  row("20 steps `echo`, output compared", `${times(ratio20)} \`node -e 0\``, "≤ 10 ×", ratio20 <= 10);
  const faster = at20.runbook < at20.clitest && at20.runbook < ansible;
  row("… as a share of the time of", against.join(", "), "below clitest and Ansible, near cram", faster);
  row("200 such steps", `${times(ratio200)} \`node -e 0\``, "≤ 25 ×", ratio200 <= 25);
  row("… one step more", `${times(aStep / shell)} \`bash -c true\``, "< 1 ×", aStep < shell);
}

function benchContainer(container: string): void {
  for (const count of [20, 200]) {
    const page = echoPage(`inside-${count}`, count, `lxc-attach --name ${container} --`);
    writeFileSync(join(content, `inside-${count}.md`), page);
  }
  const { few, many, attach } = compare(Math.ceil(rounds / 2), {
    few: exec("inside-20"),
    many: exec("inside-200"),
    attach: { argv: ["lxc-attach", "--name", container, "--", "true"] },
  });
  const aStep = (many - few) / 180;
  row("a step in a container", `${times(aStep / attach)} \`lxc-attach -- true\``, "< 1 ×", aStep < attach);
}

async function benchOutput(): Promise<void> {
  const source = join(work, "gigabyte");
  spawnSync("bash", ["-c", `yes "a line of output, as long as lines are" | head --bytes=1G >"$1"`, "bash", source]);
  writeFileSync(join(content, "large.md"), stepPage("large", `cat "${source}"`));
  writeFileSync(join(content, "idle.md"), stepPage("idle", "sleep 1"));
  // Where both are files, cat has the kernel copy; a step's output goes through a pipe at least.
  const { copy, pipe, step } = compare(3, {
    copy: { argv: ["bash", "-c", `rm -f "$1.copy"; cat "$1" >"$1.copy"`, "bash", source] },
    pipe: { argv: ["bash", "-c", `rm -f "$1.copy"; cat "$1" | cat >"$1.copy"`, "bash", source] },
    step: exec("large"),
  });
  const idle = await watch(exec("idle"));
  const large = await watch(exec("large"));
  const more = (large.peak - idle.peak) / 2 ** 20;
  const ratio = step / copy;
  row("a step that prints 1 GB", `${times(ratio)} \`cat\` into a file`, "≤ 2 ×", ratio <= 2);
  row(
    "… where that goes through a pipe",
    `${times(step / pipe)} \`cat … \\| cat\` into a file`,
    "≤ 2 ×",
    step / pipe <= 2,
  );
  row("… memory over an idle run", `${more.toFixed(0)} MiB`, "≤ 100 MB", more * 2 ** 20 <= 1e8);
}

function benchCheck(): void {
  const pages = ordinaryContent(join(work, "two-hundred"), 200);
  const check = runbook("check", "--content", pages);
  // Pages that were just written are in no cache, whatever that goes by.
  const cold = Array.from({ length: Math.ceil(rounds / 2) }, (_, round) => {
    ordinaryContent(pages, 200, ` in round ${round}`);
    return time(check);
  });
  const { warm, empty } = compare(Math.ceil(rounds / 2), { warm: check, empty: node });
  const first = median(cold);
  const again = `again ${times(warm / empty)} \`node -e 0\``;
  row("`check`, 200 pages of 12 fences", `${(first / 1000).toFixed(2)} s, ${again}`, "≤ 1.5 s", first <= 1500);
}

async function benchProcedure(): Promise<void> {
  const ratio = await compareProcedure(launcher, Number(options.pairs));
  row(
    "`exec lxc-new`, host and image there",
    `${times(ratio)} a plain script of its commands`,
    "≤ 1.05 ×",
    ratio <= 1.05,
  );
}

async function benchTyping(): Promise<void> {
  const { median: middle, longest, places } = await measureTyping(40);
  row(
    "a keystroke in the form of a page of 40 steps",
    `${middle.toFixed(1)} ms, at most ${longest.toFixed(1)}, for ${places} places at 4 × slow-down`,
    "≤ 16 ms",
    middle <= 16,
  );
}

async function benchSite(): Promise<void> {
  const { build, bytes } = await compareSites(5);
  row("a build of the site", `${times(build)} a bare Starlight site of the same pages`, "≤ 1.1 ×", build <= 1.1);
  row(
    "a page without a form, gzipped, with all it loads",
    `${times(bytes)} the same page there`,
    "≤ 1.15 ×",
    bytes <= 1.15,
  );
  const [few, many] = await measureGrowth([20, 200, 1000]);
  row("a page more, from 200 to 1000 pages", `${times(many / few)} one from 20 to 200`, "linear", many / few <= 1.2);
}

async function benchLighthouse(): Promise<void> {
  for (const { address, scores } of await lighthouseScores(["", "docker/", "compare/", "lxc/lxc-new/"])) {
    const all = Object.values(scores);
    row(
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
  list: benchList,
  steps: benchSteps,
  ...(options.container && { container: () => benchContainer(options.container ?? "") }),
  output: benchOutput,
  check: benchCheck,
  typing: benchTyping,
  ...(options.site && { site: benchSite, lighthouse: benchLighthouse }),
  ...(options.lxc && { lxc: benchProcedure }),
  ...(options.verify && { verify: () => void rows.push(...verifyRows(launcher, work)) }),
};

supplyPackages(packages);
mkdirSync(content, { recursive: true });
try {
  for (const name of options.only?.split(",") ?? Object.keys(parts)) await parts[name]?.();
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`| what | measured | target | |\n|---|---|---|---|`);
for (const { what, measured, target, met } of rows)
  console.log(`| ${what} | ${measured} | ${target} | ${met ? "met" : "not met"} |`);
console.log(`\nMedians of runs in turns, on ${versions()}.`);
