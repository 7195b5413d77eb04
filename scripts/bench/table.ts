/** A measurement and its target. */
export interface Row {
  what: string;
  measured: string;
  target: string;
  met: boolean;
}

/** The measurements of a bench. Each is printed as soon as it is known. */
export class Table {
  readonly #rows: Row[] = [];

  add(what: string, measured: string, target: string, met: boolean): void {
    this.#rows.push({ what, measured, target, met });
    console.error(`${what}: ${measured} (${target})`);
  }

  addAll(rows: readonly Row[]): void {
    this.#rows.push(...rows);
  }

  /** As Markdown, for the README. */
  toString(): string {
    const head = "| what | measured | target | |\n|---|---|---|---|";
    const lines = this.#rows.map(
      ({ what, measured, target, met }) => `| ${what} | ${measured} | ${target} | ${met ? "met" : "not met"} |`,
    );
    return [head, ...lines].join("\n");
  }
}
