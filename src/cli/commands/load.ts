import type { Context } from "../context.ts";

/** A command's code. */
interface CommandModule {
  /** Does it; the number is what the process exits with. */
  run: (context: Context) => Promise<number>;
}

/** The code of each command. It stands apart from the table of commands, so that no import goes in a circle. */
const LOADERS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  resume: () => import("./resume.ts"),
  undo: () => import("./undo.ts"),
  runs: () => import("./runs.ts"),
  log: () => import("./log.ts"),
  status: () => import("./status.ts"),
  check: () => import("./check.ts"),
  new: () => import("./new.ts"),
  export: () => import("./export.ts"),
  completion: () => import("./completion.ts"),
  lsp: () => import("./lsp.ts"),
  list: () => import("./list.ts"),
  show: () => import("./show.ts"),
  exec: () => import("./exec.ts"),
  cache: () => import("./cache.ts"),
  coverage: () => import("./coverage.ts"),
  verify: () => import("./verify.ts"),
  serve: () => import("./serve.ts"),
  doctor: () => import("./doctor.ts"),
};

/** Imports the code of a command; none of it is read before. */
export async function loadCommand(name: string): Promise<CommandModule> {
  const load = LOADERS[name];
  if (!load) throw new TypeError(`The table has a command without code: ${name}.`);
  return await load();
}
