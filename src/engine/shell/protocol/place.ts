/** A place in a run's pages, as a shell reports it. */
export interface ShellPlace {
  page: number;
  line: number;
  /** How many functions and files deep. */
  depth: number;
}

/** The place of a report's stack: the innermost entry that is a page's own text. */
export function placeOf(line: number, sources: string[], lines: number[]): ShellPlace | undefined {
  for (const [index, source] of sources.entries()) {
    const page = pageOf(source);
    const at = index === 0 ? line : lines[index - 1];
    if (page !== undefined && at !== undefined && at > 1) return { page, line: at, depth: sources.length };
  }
  return undefined;
}

/** The place that bash's own last message on stderr names, where it names a page. */
export function placeInMessage(stderr: string): ShellPlace | undefined {
  let found: ShellPlace | undefined;
  for (const match of stderr.matchAll(/(\/dev\/fd\/(?:\.\/)+\d+): line (\d+): /g)) {
    const page = pageOf(match[1] as string);
    if (page !== undefined) found = { page, line: Number(match[2]), depth: 1 };
  }
  return found;
}

/** The page that a name stands for, see `pagePath`. */
function pageOf(source: string): number | undefined {
  const match = /^\/dev\/fd\/((?:\.\/)+)\d+$/.exec(source);
  return match ? (match[1] as string).length / 2 - 1 : undefined;
}

/** Reads the end of a report: a line, a count, that many sources, that many lines. */
export function readStack(words: string[]): ShellPlace | undefined {
  const line = Number(words[0]);
  const count = Number(words[1]);
  const sources = words.slice(2, 2 + count);
  const lines = words.slice(2 + count, 2 + 2 * count).map(Number);
  return placeOf(line, sources, lines);
}
