import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportScript } from "../../src/cli/export/script.ts";
import { RunbookError } from "../../src/errors/runbook-error.ts";
import { runbookOrder } from "../../src/language/meaning/order.ts";
import { KEYS } from "../../src/language/model/vocabulary.ts";
import { loadRunbooks } from "../../src/library/library.ts";
import { inspectPage } from "../engine/support/inspect-page.ts";
import { makePlace, type PageRun, type Place, pageOf, runPage, undoPage } from "../engine/support/run-page.ts";
import { type Case, cases, tree } from "./meaning-cases.ts";

/** The outcome of each step. */
type Outcomes = Record<string, string>;

/** A place with the case's page and, in its work folder, what was there before. */
function placeOf({ steps, head = "", before }: Case): Place {
  const params = "  params:\n    DIR: { description: Where }\n    REL: { default: rel }\n";
  const place = makePlace({ "page.md": pageOf(steps, `${params}${head}`) });
  before?.(place.work);
  return place;
}

const given = ({ work }: Place) => ({ given: { DIR: work }, yes: true });

/** A service that fails later counts as failed, though it was ready. */
function outcomes({ events }: PageRun): Outcomes {
  const ends = events.flatMap((event): [string, string][] => {
    if (event.type === "step-finished") return [[event.step, event.outcome]];
    return event.type === "service-ended" && event.error ? [[event.step, "failed"]] : [];
  });
  return Object.fromEntries(ends);
}

/** Undoes runs, the later ones first: they may stand on the earlier ones. */
async function undoAll(place: Place, runs: readonly string[]): Promise<void> {
  for (const run of runs) {
    try {
      await undoPage(place, { run }, { yes: true });
    } catch (error) {
      if (!(error instanceof RunbookError) || error.code !== "nothing-to-undo") throw error;
    }
  }
}

/** The script that is exported for the page, in a place of its own. */
async function scriptOf(one: Case): Promise<{ place: Place; exec(): Outcomes; undo(): void }> {
  const place = placeOf(one);
  const { runbooks } = await loadRunbooks(place.content, "page");
  const script = join(place.work, "..", "script.sh");
  writeFileSync(script, exportScript(runbookOrder(runbooks, "page"), new Map()));
  const names = one.steps.flatMap(([info]) => /step="([^"]+)"/.exec(info)?.slice(1) ?? []);
  const bash = (...words: string[]): string =>
    spawnSync("bash", [script, ...words, `DIR=${place.work}`], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], RUNBOOK_STATE_DIR: place.state },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    }).stdout;
  return {
    place,
    exec() {
      const ends = new Map(
        Array.from(bash("--yes").matchAll(/^\[\d+\/\d+\] (\w+) +page\/(\S+)/gm), ([, end, step]) => [step, end]),
      );
      return Object.fromEntries(names.map((name) => [name, ends.get(name) ?? "cancelled"]));
    },
    undo: () => void bash("undo"),
  };
}

/** What a run does by what `status` says. */
const acted: Record<string, string> = { done: "skipped guard", "not applicable": "skipped when", broken: "failed" };

/** Keys of the language that no case has, and why. */
const apart: Record<string, string> = {
  reboot:
    "a script ends with its machine, so none is exported (export-refused.test.ts); the rest is in engine/run/restart.test.ts",
};

test("every key of the language is in a case, or stands apart for a reason", () => {
  const used = new Set(
    Object.values(cases).flatMap(({ steps }) => steps.flatMap(([info]) => info.match(/\w+(?==")/g) ?? [])),
  );
  expect([...KEYS].filter((key) => !used.has(key))).toEqual(Object.keys(apart));
});

describe.each(Object.entries(cases))("%s", (_, one) => {
  test("means the same to exec, a dry run, status, undo and the exported script", async () => {
    const place = placeOf(one);
    const script = await scriptOf(one);
    const before = tree(place.work);
    const same = (): void => expect(tree(script.place.work)).toEqual(tree(place.work));

    const first = await runPage(place, given(place));
    expect(script.exec()).toEqual(outcomes(first));
    same();

    const done = tree(place.work);
    const { status, dry } = await inspectPage(place, { given: given(place).given });
    expect(tree(place.work)).toEqual(done);

    const again = await runPage(place, given(place));
    expect(script.exec()).toEqual(outcomes(again));
    same();
    // What nobody can know before a run, such as what needs a variable that a step hands on, is `unknown`.
    for (const { key, state } of status) {
      const { outcome = "", reason } = again.steps.get(key) ?? {};
      if (outcome === "cancelled" || state === "unknown") continue;
      const did = [outcome, reason].filter(Boolean).join(" ");
      expect([key, did]).toEqual([key, acted[state] ?? expect.not.stringMatching(/^skipped (?:guard|when)/)]);
    }
    expect(dry.length).toBeLessThanOrEqual(status.length);
    dry.forEach(({ guard }, at) => {
      if (guard !== "not known yet") expect(guard === "none" ? "unknown" : guard).toBe(status[at]?.state);
    });

    await undoAll(place, [again.result.run, first.result.run]);
    script.undo();
    same();
    expect(tree(place.work)).toEqual(before);
  });

  test("is interrupted at every step, gone on with each time, and undone whole", async () => {
    const whole = placeOf(one);
    const expected = await runPage(whole, given(whole));
    const place = placeOf(one);
    const before = tree(place.work);
    const names = one.steps.flatMap(([info]) => /step="([^"]+)"/.exec(info)?.slice(1) ?? []);
    const runs: string[] = [];
    for (const name of [...names, undefined]) {
      const interrupt = new AbortController();
      const latest = await runPage(place, {
        ...given(place),
        ...(runs[0] === undefined ? {} : { resume: runs[0] }),
        interrupt: interrupt.signal,
        onEvent: (event) => {
          if (event.type === "step-started" && event.step === name) interrupt.abort();
        },
      });
      runs.unshift(latest.result.run);
      if (latest.result.outcome !== "cancelled") {
        expect(latest.result.outcome).toBe(expected.result.outcome);
        break;
      }
    }
    expect(tree(place.work)).toEqual(tree(whole.work));
    await undoAll(place, runs);
    expect(tree(place.work)).toEqual(before);
  });
});
