import type { Listener, Phase, RunEvent, StepFinished } from "../../../src/engine/events.ts";
import { Journal } from "../../../src/engine/journal/journal.ts";
import { makePlan, type Selection } from "../../../src/engine/plan/make-plan.ts";
import { planUndo, type UndoTarget } from "../../../src/engine/plan/undo/plan-undo.ts";
import type { UndoPlan } from "../../../src/engine/plan/undo/undo-plan.ts";
import type { RunOptions, RunResult } from "../../../src/engine/run/options.ts";
import { runPlan } from "../../../src/engine/run/run.ts";
import { runUndo } from "../../../src/engine/run/undo.ts";
import type { Ask } from "../../../src/engine/step/ask-person.ts";
import { type Host, hostName, openHost } from "../../../src/engine/target/host.ts";
import { RunbookError } from "../../../src/errors/runbook-error.ts";
import { loadLibrary, loadRunbooks } from "../../../src/library/library.ts";

/** A folder of pages and a state folder of its own, taken away after the test. */
export interface Place {
  content: string;
  state: string;
  /** A folder for what steps write. */
  work: string;
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
  /** A host that is open already. */
  box?: Host;
  /** The run to go on with, with its values. */
  resume?: string;
  /** Fail at once where another run holds the host: tests run beside each other. */
  impatient?: boolean;
  /** Take today's undo of a step where it differs from the recorded one. */
  current?: boolean;
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
  output(step: string, stream?: "stdout" | "stderr", phase?: Phase): string;
}

/** Runs a runbook of a place, by real shells, with the place's journal. */
export async function runPage(place: Place, options: RunPageOptions = {}): Promise<PageRun> {
  const { id = "page", env = {}, selection = {} } = options;
  const library = await loadRunbooks(place.content, id);
  const errors = library.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return await withJournal(place, async (journal) => {
    const resume = options.resume === undefined ? undefined : journal.run(options.resume);
    const names = new Set([...library.runbooks.values()].flatMap(({ params }) => params.map(({ name }) => name)));
    const kept = Object.entries(resume?.values ?? {}).filter(([name]) => names.has(name));
    return await patiently(options, async () => {
      const plan = await makePlan({
        library,
        id,
        given: new Map([...kept, ...Object.entries(options.given ?? {})]),
        env,
        selection: { only: [], skip: [], ...selection },
        far: options.host !== undefined,
      });
      return await onHost(place, options, (host) =>
        listenTo(
          (listen) => runPlan(plan, { ...runOptions(host, journal, options, listen), ...(resume ? { resume } : {}) }),
          options,
        ),
      );
    });
  });
}

/** What an undo told, and what it was going to do. */
export interface PageUndo extends PageRun {
  undo: UndoPlan;
}

/** Undoes a run, or a runbook's own steps, of a place. */
export async function undoPage(place: Place, target: UndoTarget, options: RunPageOptions = {}): Promise<PageUndo> {
  const library = await loadLibrary(place.content);
  return await withJournal(place, async (journal) =>
    patiently(options, async () => {
      const undo = await planUndo({
        journal,
        library,
        target,
        host: hostName(options.host),
        current: options.current ?? false,
        far: options.host !== undefined,
      });
      for (const value of undo.plan.values.values()) {
        if (value.parameter.secret) value.text ??= options.env?.[value.name] ?? "";
      }
      const run = await onHost(place, options, (host) =>
        listenTo((listen) => runUndo(undo, runOptions(host, journal, options, listen)), options),
      );
      return { ...run, undo };
    }),
  );
}

async function withJournal<T>(place: Place, action: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = Journal.open(place.state);
  try {
    return await action(journal);
  } finally {
    journal.close();
  }
}

/** Opens the host of a run, and closes it whatever happens. */
async function onHost<T>(
  place: Place,
  { host: destination, box }: RunPageOptions,
  use: (host: Host) => Promise<T>,
): Promise<T> {
  const host = box ?? (await openHost(destination, place.state));
  try {
    return await use(host);
  } finally {
    await host.close();
  }
}

/** Waits for other tests' runs, since one at a time holds this machine. */
async function patiently<T>(options: RunPageOptions, action: () => Promise<T>): Promise<T> {
  const until = performance.now() + 20_000;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (
        options.impatient ||
        performance.now() > until ||
        !(error instanceof RunbookError) ||
        error.code !== "host-held"
      )
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function runOptions(host: Host, journal: Journal, options: RunPageOptions, listen: Listener): RunOptions {
  return {
    journal,
    host,
    listen,
    ask: options.ask ?? (async () => false),
    yes: options.yes ?? false,
    keepGoing: options.keepGoing ?? false,
    interrupt: {
      first: options.interrupt ?? new AbortController().signal,
      second: new AbortController().signal,
      reason: "SIGINT",
    },
  };
}

async function listenTo(run: (listen: Listener) => Promise<RunResult>, options: RunPageOptions): Promise<PageRun> {
  const events: RunEvent[] = [];
  const result = await run((event) => {
    events.push(event);
    options.onEvent?.(event);
  });
  const steps = new Map<string, StepFinished>();
  for (const event of events) if (event.type === "step-finished") steps.set(`${event.runbook}/${event.step}`, event);
  const output = (step: string, stream: "stdout" | "stderr" = "stdout", phase: Phase = "run"): string => {
    const parts: string[] = [];
    for (const event of events) {
      if (event.type !== "output" || event.phase !== phase || event.stream !== stream) continue;
      if (`${event.runbook}/${event.step}` === step || event.step === step) parts.push(event.text);
    }
    return parts.join("");
  };
  return { result, events, steps, output };
}
