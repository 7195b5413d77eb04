import type { Context } from "../context.ts";

/** A command's code. */
interface CommandModule {
  /** Does it; the number is what the process exits with. */
  run: (context: Context) => Promise<number>;
}

/** The code of each command. It stands apart from the table of commands, so that no import goes in a circle. */
const LOADERS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  resume: () => import("./journal/resume.ts"),
  undo: () => import("./journal/undo.ts"),
  runs: () => import("./journal/runs.ts"),
  log: () => import("./journal/log.ts"),
  status: () => import("./journal/status.ts"),
  check: () => import("./pages/check.ts"),
  new: () => import("./pages/new.ts"),
  export: () => import("./pages/export.ts"),
  completion: () => import("./pages/completion.ts"),
  lsp: () => import("./pages/lsp.ts"),
  list: () => import("./run/list.ts"),
  show: () => import("./run/show.ts"),
  exec: () => import("./run/exec.ts"),
  cache: () => import("./proof/cache.ts"),
  coverage: () => import("./proof/coverage.ts"),
  verify: () => import("./proof/verify.ts"),
  serve: () => import("./pages/serve.ts"),
  doctor: () => import("./run/doctor.ts"),
};

/** Imports the code of a command; none of it is read before. */
export async function loadCommand(name: string): Promise<CommandModule> {
  const load = LOADERS[name];
  if (!load) throw new TypeError(`The table has a command without code: ${name}.`);
  return await load();
}
