import { jsonText } from "../terminal/json.ts";
import type { GivenFlags } from "./line/parse.ts";
import type { OutputStream } from "./output.ts";

/** The process's streams and surroundings; tests give their own. */
export interface Io {
  /** Prints: of control characters only tabs, line feeds and colours of ours get there. */
  out: (text: string) => void;
  err: (text: string) => void;
  /** Writes as it is: for what moves the cursor, and for exact text to a pipe. */
  raw: { out: (text: string) => void; err: (text: string) => void };
  /** Warns that what was asked for could not be written whole, such as a report's file: the command then does not exit with 0. */
  lose: (what: string, error: unknown) => void;
  env: NodeJS.ProcessEnv;
  cwd: string;
  stdin: NodeJS.ReadStream;
  stdout: OutputStream;
  stderr: OutputStream;
}

/** What a command is given. */
export interface Context {
  io: Io;
  /** The words that are not NAME=value, as many as the command's table entry allows. */
  words: readonly string[];
  /** NAME=value from the command line. */
  values: ReadonlyMap<string, string>;
  flags: GivenFlags;
  /** The whole command line, from which the next command lines are made. */
  argv: readonly string[];
  /** Where the pages are. */
  contentDir: string;
  /** Where the journal and saved files are. */
  stateDir: string;
  quiet: boolean;
  verbose: boolean;
  json: boolean;
}

/** Whether a question can be asked: somebody sees it, and somebody may answer. */
export function canAsk(io: Io): boolean {
  return Boolean(io.stdin.isTTY && io.stderr.isTTY);
}

/** Columns for output; for a pipe `COLUMNS`, else 100. */
export function columnsOf(io: Io): number {
  const columns = io.stdout.isTTY ? io.stdout.columns : Number(io.env["COLUMNS"]) || 100;
  return Math.min(500, Math.max(40, columns || 80));
}

/** Prints a value as JSON, on lines of its own. */
export function printJson(io: Io, value: unknown): void {
  io.out(`${jsonText(value, 2)}\n`);
}

/** The one value of a flag, where it was given. */
export function flagValue(context: Pick<Context, "flags">, name: string): string | undefined {
  return context.flags.get(name)?.at(-1);
}
