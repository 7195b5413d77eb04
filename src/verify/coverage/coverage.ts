import { compareEvidence, type StepState } from "../../evidence/index.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Page, PageFence } from "../../language/model/page.ts";
import type { Runbook } from "../../language/model/runbook.ts";

/** A fence that is shown and never run, with the page's reason. */
export interface NotRun {
  file: string;
  line: number;
  lines: number;
  reason: string;
}

/** How much of the shell that a page shows is proved. Numbers are lines. */
export interface PageCoverage {
  file: string;
  /** Absent where the page is no runbook. */
  runbook?: string;
  /** All lines of shell that the page shows as something to type: steps, sessions, and what never runs. */
  shown: number;
  /** Of steps that are proved as the page has them now, on at least one platform. */
  proved: number;
  /** The same number by platform. */
  platforms: Record<string, number>;
  norun: NotRun[];
}

/** How much of the shell that pages show is proved. */
export interface Coverage {
  pages: PageCoverage[];
  shown: number;
  proved: number;
  platforms: Record<string, number>;
}

const shellLanguages = new Set(["sh", "bash", "shell", "zsh", "console", "shell-session", "shellsession"]);

/** Counts what pages show and what evidence proves of it. */
export function coverageOf(
  pages: readonly Page[],
  runbooks: ReadonlyMap<string, Runbook>,
  evidence: readonly Evidence[],
): Coverage {
  const covered = pages
    .map((page) => pageCoverage(page, runbooks, evidence))
    .filter(({ shown }) => shown > 0)
    .sort((one, other) => (one.file < other.file ? -1 : 1));
  const platforms: Record<string, number> = {};
  for (const page of covered) {
    for (const [name, lines] of Object.entries(page.platforms)) platforms[name] = (platforms[name] ?? 0) + lines;
  }
  const sum = (of: (page: PageCoverage) => number): number => covered.reduce((total, page) => total + of(page), 0);
  return { pages: covered, shown: sum(({ shown }) => shown), proved: sum(({ proved }) => proved), platforms };
}

function pageCoverage(page: Page, runbooks: ReadonlyMap<string, Runbook>, evidence: readonly Evidence[]): PageCoverage {
  const shown = page.fences.filter(isShown);
  const id = page.runbook?.id;
  const order = id === undefined ? [] : runbookOrder(runbooks, id);
  const platforms: Record<string, number> = {};
  const proved = new Set<PageFence>();
  for (const one of evidence.filter(({ runbook }) => runbook === id)) {
    const { state, steps } = compareEvidence(order, one);
    // Where the whole runbook failed since its proof, no step counts as proved: an old pass must not hide a failure.
    const whole = state === "failed" && one.lastFailure?.step === null;
    const states = new Map(steps.map((step): [string, StepState] => [step.id, whole ? "failed" : step.state]));
    const own = shown.filter(({ role, step }) => role === "step" && states.get(step ?? "") === "proved");
    platforms[one.platform] = own.reduce((total, fence) => total + linesOf(fence), 0);
    for (const fence of own) proved.add(fence);
  }
  return {
    file: page.file,
    ...(id !== undefined && { runbook: id }),
    shown: shown.reduce((total, fence) => total + linesOf(fence), 0),
    proved: [...proved].reduce((total, fence) => total + linesOf(fence), 0),
    platforms,
    norun: shown.flatMap((fence) =>
      fence.role === "norun"
        ? [{ file: page.file, line: fence.span.start.line, lines: linesOf(fence), reason: fence.reason ?? "" }]
        : [],
    ),
  };
}

/** Checks are not counted: they prove, and are not proved. A `file` step is counted in any language. */
function isShown({ role, language }: PageFence): boolean {
  if (role === "step") return true;
  return (role === undefined || role === "norun") && shellLanguages.has(language);
}

/** Lines that say something: neither empty nor a comment. */
function linesOf({ text }: PageFence): number {
  return text.split("\n").filter((line) => /^\s*[^\s#]/.test(line)).length;
}

/** The proved share in whole percents: 100 only where every line is proved. */
export function percent({ shown, proved }: Pick<Coverage, "shown" | "proved">): number {
  return shown === 0 ? 0 : Math.floor((100 * proved) / shown);
}
