import type { FailContext } from "../../../engine/run/options.ts";
import type { FailedStep, FailRequest, Message } from "./job.ts";

/** The part of a failed step that goes to the process that opens a shell there. */
export function failedStep({ key, on, command, values }: FailContext): FailedStep {
  return { key, on, values: Object.fromEntries(values), ...(command !== undefined && { command }) };
}

/** In the stage's process: gives out the state of the step that failed, and takes it back. */
export class FailDesk {
  readonly #context: FailContext;
  readonly #given = new Map<string, () => Promise<void>>();

  constructor(context: FailContext) {
    this.#context = context;
  }

  /** Answers a request. */
  async answer(request: FailRequest): Promise<Message> {
    if (request.what === "close") {
      await this.#given.get(request.path)?.();
      return { type: "answer", offered: null };
    }
    const offering =
      request.what === "offer"
        ? this.#context.offer(request.before, request.after)
        : this.#context.offerOnHost(request.script);
    const offered = await offering.catch(() => undefined);
    if (!offered) return { type: "answer", offered: null };
    const { path, kind } = offered;
    this.#given.set(path, () => offered.close());
    return { type: "answer", offered: { path, kind } };
  }
}
