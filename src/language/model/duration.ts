const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration such as `500ms`, `30s`, `5m` or `1h`; undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ""];
  if (!match || unit === undefined) return undefined;
  const milliseconds = Number(match[1]) * unit;
  // A timer of Node's holds 31 bits; zero would end a step before it starts.
  return milliseconds > 0 && milliseconds < 2 ** 31 ? milliseconds : undefined;
}
