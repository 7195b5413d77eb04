import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { RunEvent, StepFinished } from "../../../src/engine/events.ts";
import { Journal } from "../../../src/engine/journal/journal.ts";
import { loadRunbooks } from "../../../src/engine/pages/library.ts";
import { makePlan, type Selection } from "../../../src/engine/plan-run.ts";
import { type Ask, type RunResult, runPlan } from "../../../src/engine/run.ts";

/** A folder of pages and a state folder of its own, taken away after the test. */
export interface Place {
  content: string;
  state: string;
  /** A folder for what steps write. */
  work: string;
}

/** Makes a place with these pages, by path. */
export function makePlace(pages: Record<string, string>): Place {
  const root = mkdtempSync(join(tmpdir(), "runbook-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const place = { content: join(root, "content"), state: join(root, "state"), work: join(root, "work") };
  mkdirSync(place.work);
  for (const [path, text] of Object.entries(pages)) {
    const file = join(place.content, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return place;
}

/** How a page is run. */
export interface RunPageOptions {
  id?: string;
  given?: Record<string, string>;
  env?: NodeJS.ProcessEnv;
  selection?: Partial<Selection>;
  yes?: boolean;
  ask?: Ask;
  keepGoing?: boolean;
  host?: string;
  /** The run to go on with. */
  resume?: string;
  onEvent?: (event: RunEvent) => void;
  interrupt?: AbortSignal;
}

/** What a run told. */
export interface PageRun {
  result: RunResult;
  events: RunEvent[];
  /** The steps' ends, by `ID/STEP`. */
  steps: Map<string, StepFinished>;
  /** What a step's own commands printed. */
  output(step: string, stream?: "stdout" | "stderr"): string;
}

/** Runs a runbook of a place, by real shells, with the place's journal. */
export async function runPage(place: Place, options: RunPageOptions = {}): Promise<PageRun> {
  const { id = "page", given = {}, env = {}, selection = {}, yes = false, keepGoing = false } = options;
  const library = await loadRunbooks(place.content, id);
  const errors = library.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const plan = await makePlan({
    library,
    id,
    given: new Map(Object.entries({ ...given })),
    env,
    selection: { only: [], skip: [], ...selection },
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  const journal = Journal.open(place.state);
  const events: RunEvent[] = [];
  try {
    const result = await runPlan(plan, {
      journal,
      stateDir: place.state,
      listen: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
      ask: options.ask ?? (async () => false),
      yes,
      keepGoing,
      interrupt: {
        first: options.interrupt ?? new AbortController().signal,
        second: new AbortController().signal,
        reason: "SIGINT",
      },
      ...(options.resume === undefined ? {} : { resume: journal.run(options.resume) }),
    });
    const steps = new Map<string, StepFinished>();
    for (const event of events) if (event.type === "step-finished") steps.set(`${event.runbook}/${event.step}`, event);
    const output = (step: string, stream: "stdout" | "stderr" = "stdout"): string => {
      let text = "";
      for (const event of events) {
        if (event.type !== "output" || event.phase !== "run" || event.stream !== stream) continue;
        if (`${event.runbook}/${event.step}` === step || event.step === step) text += event.text;
      }
      return text;
    };
    return { result, events, steps, output };
  } finally {
    journal.close();
  }
}

/** A page with a runbook `page`: `head` is more of its frontmatter, `steps` fences by their info strings. */
export function pageOf(steps: [info: string, text: string][], head = ""): string {
  const fences = steps.map(([info, text]) => `\`\`\`${info}\n${text}\n\`\`\`\n`).join("\n");
  return `---\ntitle: Page\nrunbook:\n  id: page\n${head}---\n\n# Page\n\n${fences}`;
}
