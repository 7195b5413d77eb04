import { RunbookError } from "../errors/runbook-error.ts";
import { printable } from "../terminal/clean.ts";
import { styleFor, unstyled } from "../terminal/style.ts";
import { dispatch } from "./dispatch.ts";

const used = new Set<NodeJS.WriteStream>();

/** A stream of this process, once it is used: opening one costs some milliseconds, and most commands use one. */
function opened(name: "stdout" | "stderr"): NodeJS.WriteStream {
  const stream = process[name];
  // The reader of our output may end first (`| head`), and a terminal may go away; a run must survive both.
  if (!used.has(stream)) used.add(stream.on("error", () => {}));
  return stream;
}

function coloured(name: "stdout" | "stderr"): boolean {
  return styleFor(Boolean(opened(name).isTTY), process.env) !== unstyled;
}

/** The folder that the command was started in. Throws where it is gone. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new RunbookError("folder-gone", "The folder that this was started in is gone.", {
      hint: "Go to one that is there, then start it again: cd /",
      cause: error,
    });
  }
}

/** Runs the command line of this process, and ends the process with the command's exit code. */
async function main(): Promise<void> {
  const exitCode = await dispatch(process.argv.slice(2), {
    out: (text) => opened("stdout").write(printable(text, coloured("stdout"))),
    err: (text) => opened("stderr").write(printable(text, coloured("stderr"))),
    raw: { out: (text) => opened("stdout").write(text), err: (text) => opened("stderr").write(text) },
    env: process.env,
    get cwd() {
      return workingFolder();
    },
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return opened("stdout");
    },
    get stderr() {
      return opened("stderr");
    },
  });
  process.exitCode = exitCode;
  // A listener, such as the terminal's, would keep the process alive. It exits once its output is written.
  for (const stream of used) await new Promise<void>((resolve) => stream.write("", () => resolve()));
  process.exit(exitCode);
}

void main();
