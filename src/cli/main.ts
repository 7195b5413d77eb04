import { RunbookError } from "../errors/runbook-error.ts";
import { printable } from "../terminal/clean.ts";
import { styleFor, unstyled } from "../terminal/style.ts";
import type { Io } from "./context.ts";
import { dispatch } from "./dispatch.ts";
import { Output } from "./output.ts";

const outputs = { stdout: new Output("stdout"), stderr: new Output("stderr") };

function coloured(name: "stdout" | "stderr"): boolean {
  return styleFor(Boolean(outputs[name].stream.isTTY), process.env) !== unstyled;
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

async function tellUnwritable(code: string, io: Io): Promise<number> {
  const { reportError } = await import("./views/error.ts");
  const message = `A part of what was to be written is lost (${code}).`;
  const hint = "Make room where the output goes to, then start it again.";
  return await reportError(new RunbookError("report-unwritable", message, { hint }), io, false);
}

/** Runs the command line of this process, and ends the process with the command's exit code. */
async function main(): Promise<void> {
  let lost: string | undefined;
  const io: Io = {
    out: (text) => outputs.stdout.write(printable(text, coloured("stdout"))),
    err: (text) => outputs.stderr.write(printable(text, coloured("stderr"))),
    raw: { out: (text) => outputs.stdout.write(text), err: (text) => outputs.stderr.write(text) },
    lose: (what, error) => {
      lost ??= (error as NodeJS.ErrnoException).code ?? "?";
      io.err(`warning[report-unwritable] ${what} is lost: ${(error as Error).message}\n`);
    },
    env: process.env,
    get cwd() {
      return workingFolder();
    },
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return outputs.stdout.stream;
    },
    get stderr() {
      return outputs.stderr.stream;
    },
  };
  const exitCode = await dispatch(process.argv.slice(2), io);
  process.exitCode = exitCode;
  // A listener, such as the terminal's, would keep the process alive. It exits once its output is written.
  for (const output of Object.values(outputs)) await output.flush();
  lost ??= outputs.stdout.lost;
  // Half an export or report must not pass for a whole one.
  const notWritten = lost === undefined ? 0 : await tellUnwritable(lost, io);
  process.exit(exitCode || notWritten);
}

void main();
