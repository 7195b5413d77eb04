import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { checkout } from "../checkout.ts";
import { stateDir } from "../engine/journal/state-dir.ts";
import { isPath } from "../library/is-path.ts";
import { projectAt } from "../library/project.ts";
import { loadCommand } from "./commands/load.ts";
import { columnsOf, type Io } from "./context.ts";
import { type ParsedLine, parseLine } from "./line/parse.ts";

/** What the shells' completion calls; it is no command for people. */
const COMPLETE = "__complete";

/** What verify calls for each stage of a proof, in a process of its own; it is no command for people either. */
const STAGE = "__stage";

/** Reads a command line and does what it says; the number is what the process exits with. */
export async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  if (argv[0] === COMPLETE) {
    const { completeLine } = await import("./complete/complete-line.ts");
    await completeLine(argv.slice(1), () => contentDir(undefined, io.cwd), io);
    return 0;
  }
  if (argv[0] === STAGE) return await (await import("../verify/stage/process/worker.ts")).stageProcess();
  let verbose = argv.includes("--verbose");
  try {
    const line = parseLine(argv);
    verbose = line.flags.has("verbose");
    return await perform(line, argv, io);
  } catch (error) {
    const { reportError } = await import("./views/error.ts");
    return reportError(error, io, verbose);
  }
}

async function perform(line: ParsedLine, argv: readonly string[], io: Io): Promise<number> {
  if (line.flags.has("version")) return printVersion(io);
  if (line.flags.has("help")) return printHelp(line, io);
  if (!line.command) {
    io.err((await import("./reference/help.ts")).overview(columnsOf(io)));
    return 2;
  }
  const dialect = line.flags.get("dialect")?.at(-1);
  // The processes that a command starts read the same pages.
  if (dialect !== undefined) process.env["RUNBOOK_DIALECT"] = dialect;
  const { run } = await loadCommand(line.command.name);
  return await run({
    io,
    words: line.words,
    values: line.values,
    flags: line.flags,
    argv,
    contentDir: contentDir(line.flags.get("content")?.at(-1), io.cwd, line.words),
    stateDir: stateDir(io.env),
    quiet: line.flags.has("quiet"),
    verbose: line.flags.has("verbose"),
    json: line.flags.has("json"),
  });
}

/** Relative where it lies below the working directory: places then read like `content/lxc/new.md:41:3`. */
function contentDir(given: string | undefined, cwd: string, words: readonly string[] = []): string {
  const path = given === undefined ? (projectContent(cwd, words) ?? join(checkout, "content")) : resolve(cwd, given);
  const short = relative(cwd, path);
  return short.startsWith("..") || isAbsolute(short) ? path : short || ".";
}

/** The pages of the project that a page among the words belongs to, else of the one that the command was started in. */
function projectContent(cwd: string, words: readonly string[]): string | undefined {
  const page = words.find(isPath);
  const project = (page && projectAt(dirname(resolve(cwd, page)))) || projectAt(cwd);
  if (!project) return undefined;
  const [first = ""] = project.content;
  return project.content.length > 1 ? project.dir : join(project.dir, first);
}

async function printVersion(io: Io): Promise<number> {
  const { versionOf } = await import("./version.ts");
  io.out(`runbook ${versionOf()}\n`);
  return 0;
}

async function printHelp(line: ParsedLine, io: Io): Promise<number> {
  const { commandHelp, overview } = await import("./reference/help.ts");
  const { asInstalled } = await import("./line/command-line.ts");
  io.out(asInstalled(line.command ? commandHelp(line.command, columnsOf(io)) : overview(columnsOf(io))));
  return 0;
}
