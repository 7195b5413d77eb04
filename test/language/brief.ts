/** A value with each place as `line:column` and each span as `line:column-line:column`, for fixtures that read well. */
export function brief(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(brief);
  if (typeof value !== "object" || value === null) return value;
  const { line, column, start, end } = value as Record<string, unknown>;
  if (typeof line === "number" && typeof column === "number") return `${line}:${column}`;
  if (start !== undefined && end !== undefined) return `${brief(start)}-${brief(end)}`;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, brief(inner)]));
}
