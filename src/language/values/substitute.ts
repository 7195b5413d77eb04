const REFERENCE = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;

/** Replaces `$NAME` and `${NAME}` of known names, as data: everything else stays as written. */
export function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(REFERENCE, (written, braced?: string, bare?: string) => {
    return values.get(braced ?? bare ?? "") ?? written;
  });
}

/** The names that `$NAME` and `${NAME}` refer to in a text, each once. */
export function referredNames(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(REFERENCE), (match) => match[1] ?? match[2] ?? ""))];
}
