import type { RunEvent } from "../../engine/events.ts";
import type { FailContext } from "../../engine/run/options.ts";
import { stepHash } from "../../language/meaning/hash.ts";
import type { Runbook, Step } from "../../language/model/runbook.ts";
import { Transcript } from "../evidence/transcript.ts";
import type { CleanHost } from "../machine/clean-host.ts";
import type { Place } from "./findings/verdict.ts";
import type { Finding, Job, Task } from "./process/job.ts";
import { runStage, type StageResult } from "./process/run-stage.ts";

/** The inputs that all stages of a proof share. */
export interface StagesOptions {
  /** The runbook, and before it what it requires. */
  order: readonly Runbook[];
  contentDir: string;
  /** How the runbook is found: its id, or its page's path. */
  name: string;
  values: Record<string, string>;
  /** Values of secret parameters, which nothing that is kept may hold. */
  secrets: Record<string, string>;
  stateDir: string;
  host: CleanHost;
  signal: AbortSignal;
  /** Called at a step that failed, while its target is still there. */
  atFailure?: (context: FailContext) => Promise<void>;
  /** Takes the events of all stages. */
  listen?: (event: RunEvent) => void;
}

/** A run, and what was seen of the runbook's own steps. */
export interface Seen extends StageResult {
  transcript: Transcript;
}

/** The stages of a proof on one host, each in a process of its own. */
export class Stages {
  readonly #options: StagesOptions;
  readonly runbook: Runbook;
  readonly host: CleanHost;
  readonly secrets: Record<string, string>;
  readonly stateDir: string;

  constructor(options: StagesOptions) {
    const runbook = options.order.at(-1);
    if (!runbook) throw new RangeError("There is no runbook to prove.");
    this.#options = options;
    this.runbook = runbook;
    this.host = options.host;
    this.secrets = options.secrets;
    this.stateDir = options.stateDir;
  }

  /** Runs the runbook with what it requires. */
  async exec({ beforeStep }: { beforeStep?: (step: string) => Promise<void> }): Promise<Seen> {
    return await this.#watched("exec", beforeStep);
  }

  /** Undoes the runbook's own steps. */
  async undo(): Promise<Seen> {
    return await this.#watched("undo");
  }

  /** Asks all proofs, or all guards, or what the proofs alone do. */
  async inspect(task: "prove" | "status" | "probe"): Promise<Finding[]> {
    return (await this.#watched(task)).findings;
  }

  /**
   * Asks the guards of what the runbook requires, so that services which start when they are first asked do so before the
   * host is looked at: else what they bring, as LXD its firewall rules, would seem to be the runbook's.
   */
  async wake(): Promise<void> {
    if (this.runbook.requires.length > 0) await this.#watched("wake");
  }

  async #watched(task: Task, beforeStep?: (step: string) => Promise<void>): Promise<Seen> {
    const { contentDir, name, values, secrets, stateDir, host, signal, atFailure } = this.#options;
    const { name: hostName, shell } = host.host;
    const transcript = new Transcript(this.runbook.id);
    const askEach = beforeStep !== undefined;
    const job: Job = {
      task,
      contentDir,
      runbook: name,
      values,
      secrets,
      stateDir,
      host: { name: hostName, shell },
      askEach,
      stopAtFailure: atFailure !== undefined,
    };
    const result = await runStage(job, {
      signal,
      ...(atFailure && { atFailure }),
      ...(beforeStep && {
        beforeStep: async (step: string) => {
          const begun = performance.now();
          await beforeStep(step);
          transcript.waited(step, performance.now() - begun);
        },
      }),
      listen: (event) => {
        transcript.listen(event);
        this.#options.listen?.(event);
      },
    });
    return { ...result, transcript };
  }

  /** What a step means. */
  hashOf(step: Step): string {
    return stepHash(this.#options.order, step);
  }

  /** Where a step of the runbook stands; the runbook's own place where there is no such step. */
  placeOf(id: string | null): Place {
    const step = this.runbook.steps.find((own) => own.id === id);
    return { file: this.runbook.file, ...(step ? step.fence.span.start : this.runbook.span.start) };
  }
}
