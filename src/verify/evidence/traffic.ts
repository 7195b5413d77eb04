import type { CleanHost } from "../machine/clean-host.ts";

/** Traffic below this is not counted as a download: name servers and clocks are asked all the time. */
const least = 100_000;

const counter = `
link=$(ip -4 route show default | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)
[ -z "$link" ] || cat "/sys/class/net/$link/statistics/rx_bytes"`;

/** Counts what a host receives from outside while each step runs: its own downloads, and those of what runs on it. */
export class Traffic {
  readonly #host: CleanHost;
  readonly #bytes = new Map<string, number>();
  #open: { step: string; before: number | undefined } | undefined;

  constructor(host: CleanHost) {
    this.#host = host;
  }

  /** Called before each step that is about to run. */
  async beforeStep(step: string): Promise<void> {
    this.#open = { step, before: await this.end() };
  }

  /** The last step has ended. Gives what the host has received by now. */
  async end(): Promise<number | undefined> {
    const now = await this.#received();
    const { step, before } = this.#open ?? {};
    this.#open = undefined;
    if (step !== undefined && now !== undefined && before !== undefined) this.#bytes.set(step, now - before);
    return now;
  }

  /** The size of a step's download, in two significant digits: the others differ each time. */
  downloaded(step: string): number | undefined {
    const bytes = this.#bytes.get(step) ?? 0;
    return bytes < least ? undefined : Number(bytes.toPrecision(2));
  }

  async #received(): Promise<number | undefined> {
    const { stdout } = await this.#host.shell(counter);
    return /^\d+\n$/.test(stdout) ? Number(stdout) : undefined;
  }
}
