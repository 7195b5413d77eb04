import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, median, time } from "./measure.ts";

/** The cost of `verify` beyond the work of the steps themselves. */
interface VerifyFigures {
  /** The time of `verify` for all pages where nothing has changed, in milliseconds. */
  unchanged: number;
  pages: number;
  /** The time until a clean host from cached layers can be entered, in milliseconds. */
  ready: number;
  /** The time of the stage `run` beyond the time of its steps, in milliseconds. */
  overhead: number;
  /** The time of the steps of that stage, in milliseconds. */
  steps: number;
  /** The time of a proof after one step of a page has changed, as a share of the time of proving everything from the system's image. */
  changed: number;
  /** The size of the cache on this machine, in bytes. */
  bytes: number;
}

interface Event {
  type: string;
  stage?: string;
  durationMs?: number;
  step?: string;
  proof?: { stage: string };
}

/** A chain of runbooks, each of which requires the one before it and takes a moment. */
function writeChain(folder: string, length: number, last = "sleep 0.5"): void {
  mkdirSync(folder, { recursive: true });
  for (let number = 1; number <= length; number += 1) {
    const requires = number > 1 ? `\n  requires: [bench-${number - 1}]` : "";
    const work = number === length ? last : "sleep 2";
    const file = `/opt/bench-${number}`;
    writeFileSync(
      join(folder, `bench-${number}.md`),
      `---\ntitle: Bench ${number}\nrunbook:\n  id: bench-${number}\n  needs: [root]${requires}\n---\n\n` +
        `\`\`\`sh step="work"\n${work}\ntouch ${file}\n\`\`\`\n\n\`\`\`sh guard="work"\ntest -e ${file}\n\`\`\`\n\n` +
        `\`\`\`sh undo="work"\nrm -f ${file}\n\`\`\`\n`,
    );
  }
}

/** Measures `verify` on this machine, with a cache of its own beside the usual images; it needs root and LXC. */
function measureVerify(launcher: string, work: string): VerifyFigures {
  const content = join(work, "verify");
  const report = join(work, "events.ndjson");
  const length = 4;
  writeChain(content, length);
  const author = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"];
  for (const words of [
    ["init", "--quiet"],
    [...author, "commit", "--quiet", "--allow-empty", "--message", "pages"],
  ]) {
    spawnSync("git", words, { cwd: content });
  }
  const verify = (...words: string[]): Command => ({
    argv: [launcher, "verify", "--content", content, "--jobs", "1", "--report", `ndjson=${report}`, ...words],
  });
  const cold = time(verify("--fresh"));
  const events = readFileSync(report, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  const starts = events.filter(({ type, stage }) => type === "stage-finished" && stage === "start");
  const runs = events.filter(({ type, stage }) => type === "stage-finished" && stage === "run");
  const ended = events.filter(({ type, proof }) => type === "step-finished" && proof?.stage === "run");
  const sum = (some: readonly Event[]): number => some.reduce((total, { durationMs = 0 }) => total + durationMs, 0);
  const unchanged = median([1, 2, 3].map(() => time(verify())));
  writeChain(content, length, "sleep 0.6");
  const changed = time(verify());
  const cache = spawnSync(launcher, ["cache", "--json"], { encoding: "utf8" });
  const { bytes } = JSON.parse(cache.stdout) as { bytes: number };
  return {
    ...{ unchanged, pages: length, bytes, changed: changed / cold },
    ready: median(starts.map(({ durationMs = 0 }) => durationMs)),
    steps: sum(ended) / runs.length,
    overhead: (sum(runs) - sum(ended)) / runs.length,
  };
}

/** A row for each figure and its target. */
export function verifyRows(
  launcher: string,
  work: string,
): { what: string; measured: string; target: string; met: boolean }[] {
  const { unchanged, pages, ready, overhead, steps, changed, bytes } = measureVerify(launcher, work);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const row = (what: string, measured: string, target: string, met: boolean) => ({ what, measured, target, met });
  return [
    row(`\`verify\` of ${pages} runbooks, nothing changed`, seconds(unchanged), "≤ 2 s", unchanged <= 2000),
    row("a clean host from cached layers, ready", seconds(ready), "≤ 3 s", ready <= 3000),
    row(
      `the run of a proof, beyond its steps' ${seconds(steps)}`,
      seconds(overhead),
      "≤ 10 % + 5 s",
      overhead <= steps / 10 + 5000,
    ),
    row(
      "one step changed, of four runbooks in a chain",
      `${changed.toFixed(2)} × all`,
      "≤ 0.25 × all",
      changed <= 0.25,
    ),
    row("the cache's layers", `${(bytes / 2 ** 30).toFixed(1)} GiB`, "≤ 1.5 GB", bytes <= 1.5e9),
  ];
}
