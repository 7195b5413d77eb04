const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A span of time as people say it: `40 ms`, `6.1 s`, `2 min 3 s`, `1 h 5 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 100) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return withRest(`${minutes} min`, `${seconds % 60} s`);
  return withRest(`${Math.floor(minutes / 60)} h`, `${minutes % 60} min`);
}

function withRest(whole: string, rest: string): string {
  return rest.startsWith("0 ") ? whole : `${whole} ${rest}`;
}

/** A span of time as pages write it, in the largest unit that is exact: `500ms`, `90s`, `5m`, `1h`. */
export function writtenDuration(milliseconds: number): string {
  const [unit = "ms", size = 1] =
    Object.entries(UNITS).findLast(([, each]) => milliseconds >= each && milliseconds % each === 0) ?? [];
  return `${milliseconds / size}${unit}`;
}

/** Milliseconds of a duration as pages write it, such as `500ms`, `30s`, `5m` or `1h`; undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ""];
  if (!match || unit === undefined) return undefined;
  const milliseconds = Number(match[1]) * unit;
  // A timer of Node's holds 31 bits; zero would end a step before it starts.
  return milliseconds > 0 && milliseconds < 2 ** 31 ? milliseconds : undefined;
}
