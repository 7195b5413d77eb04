import type { FailContext } from "../../../engine/run/options.ts";
import type { FailedStep, FailRequest } from "./job.ts";

type Offered = { path: string; kind: "bash" | "sh" } | null;

/** Reaches, from outside of the stage's process, what a step that failed left: one request after the other. */
export class FailLine {
  readonly #send: (request: FailRequest) => void;
  readonly #waiting: ((offered: Offered) => void)[] = [];

  constructor(send: (request: FailRequest) => void) {
    this.#send = send;
  }

  /** The stage's process answered the oldest request. */
  answered(offered: Offered): void {
    this.#waiting.shift()?.(offered);
  }

  /** The failed step, as the code that opens a shell needs it. */
  context({ key, on, command, values }: FailedStep): FailContext {
    const offer = async (request: FailRequest): ReturnType<FailContext["offer"]> => {
      const offered = await this.#ask(request);
      if (!offered) return undefined;
      const close = async (): Promise<void> => {
        await this.#ask({ what: "close", path: offered.path });
      };
      return { ...offered, close };
    };
    return {
      ...{ key, on, values: new Map(Object.entries(values)) },
      ...(command !== undefined && { command }),
      offer: (before, after) => offer({ what: "offer", before, after }),
      offerOnHost: (script) => offer({ what: "offer-on-host", script }),
    };
  }

  #ask(request: FailRequest): Promise<Offered> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#send(request);
    });
  }
}
