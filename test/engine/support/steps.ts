import { makePlace, type PageRun, pageOf, runPage } from "./run-page.ts";

/** Runs steps one after another, whatever becomes of them: `s1`, `s2` … */
export async function run(...texts: string[]): Promise<PageRun> {
  const steps = texts.map((text, index): [string, string] => [`sh step="s${index + 1}"`, text]);
  return await runPage(makePlace({ "page.md": pageOf(steps) }), { keepGoing: true });
}

/** The outcomes of steps that `run` ran, `passed` or the failure's code and status. */
export function ends(done: PageRun): string[] {
  return [...done.steps.values()].map(({ outcome, error, exitCode }) =>
    outcome === "passed" ? "passed" : `${error?.code} ${exitCode}`,
  );
}

/** The page's line of a step's line, by the text that stands there. */
export function failedAt(done: PageRun, step: string, texts: string[]): string | undefined {
  const error = done.steps.get(`page/${step}`)?.error;
  const page = pageOf(texts.map((text, index): [string, string] => [`sh step="s${index + 1}"`, text]));
  return error && page.split("\n")[error.line - 1]?.slice(error.column - 1);
}
