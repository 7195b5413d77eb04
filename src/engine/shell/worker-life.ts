/** The worker that a supervisor has in hand: which one it is, whether it is there, and how it ended. */
export class WorkerLife {
  /** How many workers were started; the last of them is in hand. */
  started = 0;
  alive = false;
  /** The exit status of the worker in hand; null where the line was lost first. */
  ended: Promise<number | null> = Promise.resolve(null);
  #tellEnded: (status: number | null) => void = () => {};

  /** Another worker is started. */
  start(): void {
    this.ended = new Promise((resolve) => {
      this.#tellEnded = resolve;
    });
    this.started += 1;
  }

  /** Does something where the worker in hand is still the same and there after so long. */
  ifAliveAfter(milliseconds: number, act: () => void): void {
    const { started } = this;
    setTimeout(() => {
      if (this.alive && this.started === started) act();
    }, milliseconds).unref();
  }

  /** The worker has ended with this status, or the line to it. */
  end(status: number | null): void {
    this.alive = false;
    this.#tellEnded(status);
  }
}
