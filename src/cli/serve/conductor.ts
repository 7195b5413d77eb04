import { makePlan } from "../../engine/plan/make-plan.ts";
import { resumedValues, selectAsBefore } from "../../engine/plan/resumed.ts";
import { planUndo } from "../../engine/plan/undo/plan-undo.ts";
import type { RunOptions, RunResult } from "../../engine/run/options.ts";
import { runPlan } from "../../engine/run/run.ts";
import { runUndo } from "../../engine/run/undo.ts";
import { openHost } from "../../engine/target/host.ts";
import { RunbookError } from "../../errors/runbook-error.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { type Library, loadRunbooks } from "../../library/library.ts";
import { WrongPageError } from "../../library/wrong-page-error.ts";
import { withJournal } from "../journal.ts";
import { journalState, resumableOf } from "./journal-state.ts";
import type { Going, Message, State, Wish } from "./messages.ts";
import type { PageShell } from "./shell/page-shell.ts";

/** Runs and undoes what windows ask for, one at a time: by the engine, journal and lock of the command line. */
export class Conductor {
  readonly #folders: { content: string; stateDir: string };
  readonly #tell: (message: Message) => void;
  readonly #shell: PageShell;
  #going: Going | null = null;
  #ended: Promise<void> = Promise.resolve();
  #stop: { first: AbortController; second: AbortController } | undefined;
  #number = 0;
  #answers: ((yes: boolean) => void) | undefined;

  constructor(folders: { content: string; stateDir: string }, tell: (message: Message) => void, shell: PageShell) {
    this.#folders = folders;
    this.#tell = tell;
    this.#shell = shell;
  }

  async state(id: string): Promise<State> {
    const { runbooks } = await this.#read(id);
    return await withJournal(this.#folders, (journal) => journalState(journal, runbooks, this.#going));
  }

  /** Runs a runbook, or one step of it. */
  async exec({ id, values, secrets, step, shell = false }: Wish): Promise<void> {
    if (shell) await this.#shell.prepare();
    const { library, runbooks } = await this.#read(id);
    const given = new Map(Object.entries(values));
    const only = step === undefined ? [] : [step];
    const plan = await makePlan({
      library,
      id,
      given,
      env: ofSecrets(runbooks, secrets),
      selection: { only, skip: [] },
    });
    this.#begin({ kind: "exec", id, shell }, (options) => runPlan(plan, options));
  }

  /** Goes on with the latest run of a runbook. */
  async resume({ id, secrets, shell = false }: Wish): Promise<void> {
    if (shell) await this.#shell.prepare();
    const { library, runbooks } = await this.#read(id);
    const { plan, resume } = await withJournal(this.#folders, async (journal) => {
      const record = resumableOf(journal, id);
      if (record === undefined) throw new RunbookError("nothing-to-resume", "There is no run to go on with.");
      const given = resumedValues(record, runbooks);
      const selection = { only: [], skip: [] };
      const made = await makePlan({ library, id, given, env: ofSecrets(runbooks, secrets), selection });
      selectAsBefore(journal, record, made);
      return { plan: made, resume: record };
    });
    this.#begin({ kind: "exec", id, shell }, (options) => runPlan(plan, { ...options, resume }));
  }

  /** Undoes a runbook's own steps with these values; with a step, that one and those that were done after it. */
  async undo({ id, values, secrets, step }: Wish): Promise<void> {
    const { library, runbooks } = await this.#read(id);
    const env = ofSecrets(runbooks, secrets);
    const target = { id, given: new Map(Object.entries(values)), env };
    let undo = await withJournal(this.#folders, (journal) =>
      planUndo({ journal, library, target, host: "localhost", far: false }),
    );
    if (step !== undefined) {
      const last = undo.steps.findLastIndex(({ key }) => key === `${id}/${step}`);
      if (last < 0) {
        throw new RunbookError("nothing-to-undo", `The journal has no work of ${step} that could be undone.`);
      }
      const steps = undo.steps.slice(0, last + 1);
      undo = { ...undo, steps, plan: { ...undo.plan, steps: steps.map((one) => one.step) }, kept: [], gone: [] };
    }
    for (const value of undo.plan.values.values()) {
      const text = env[value.name];
      if (value.parameter.secret && text !== undefined) value.text ??= text;
    }
    const names = undo.steps.map(({ key }) => key).join(", ");
    const question = `Undo ${names}?`;
    const wanted = undo;
    this.#begin({ kind: "undo", id }, async (options) => {
      if (wanted.steps.length > 0 && !(await options.ask({ kind: "undo", text: question, hint: "" }))) return undefined;
      return await runUndo(wanted, options);
    });
  }

  /** Ends what runs, in order; a second time at once. */
  stop(): void {
    this.#answers?.(false);
    (this.#stop?.first.signal.aborted ? this.#stop.second : this.#stop?.first)?.abort();
  }

  answer(number: number, yes: boolean): void {
    if (number === this.#number) this.#answers?.(yes);
  }

  /** Resolves when nothing runs any more. */
  async ended(): Promise<void> {
    await this.#ended;
  }

  #begin(
    { shell = false, ...going }: Going & { shell?: boolean },
    go: (options: RunOptions) => Promise<RunResult | undefined>,
  ): void {
    if (this.#going) {
      throw new RunbookError("host-held", `${this.#going.id} runs already: one run at a time holds a host.`);
    }
    const stop = { first: new AbortController(), second: new AbortController() };
    this.#stop = stop;
    this.#going = going;
    this.#tell({ type: "going", going });
    this.#ended = this.#perform(go, { first: stop.first.signal, second: stop.second.signal, shell })
      .catch((error: unknown) => this.#tell(refused(going.id, error)))
      .finally(() => {
        this.#going = null;
        this.#stop = undefined;
        this.#tell({ type: "going", going: null });
      });
  }

  async #perform(
    go: (options: RunOptions) => Promise<RunResult | undefined>,
    { first, second, shell }: { first: AbortSignal; second: AbortSignal; shell: boolean },
  ): Promise<void> {
    await withJournal(this.#folders, async (journal) => {
      const host = await openHost(undefined, this.#folders.stateDir, first);
      await go({
        journal,
        host,
        listen: (event) => this.#tell({ type: "event", event }),
        ask: ({ text }) => this.#ask(text, first),
        yes: false,
        interrupt: { first, second, reason: "SIGINT" },
        ...(shell && { onFail: (failed) => this.#shell.open(failed, host, first) }),
      });
      await host.close();
    });
  }

  /** The first answer of any window counts; stopping is a no. */
  async #ask(text: string, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    this.#number += 1;
    this.#tell({ type: "question", question: { number: this.#number, text } });
    const answer = await new Promise<boolean>((resolve) => {
      this.#answers = resolve;
    });
    this.#answers = undefined;
    this.#tell({ type: "question", question: null });
    return answer;
  }

  async #read(id: string): Promise<{ library: Library; runbooks: Runbook[] }> {
    const library = await loadRunbooks(this.#folders.content, id);
    const errors = library.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new WrongPageError(errors);
    if (!library.runbooks.has(id)) throw new RunbookError("unknown-runbook", `There is no runbook "${id}".`);
    return { library, runbooks: runbookOrder(library.runbooks, id) };
  }
}

/** Secrets, as the plan takes them: from an environment, which here is a window's fields and nothing else. */
function ofSecrets(runbooks: readonly Runbook[], secrets: Record<string, string>): Record<string, string> {
  const names = runbooks.flatMap(({ params }) => params.filter(({ secret }) => secret).map(({ name }) => name));
  return Object.fromEntries(names.flatMap((name) => (secrets[name] ? [[name, secrets[name]]] : [])));
}

function refused(id: string, error: unknown): Message {
  if (error instanceof RunbookError) return { type: "refused", id, message: error.message, hint: error.hint ?? "" };
  return { type: "refused", id, message: error instanceof Error ? error.message : String(error), hint: "" };
}
