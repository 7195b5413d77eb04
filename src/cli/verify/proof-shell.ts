import type { Report } from "../../report/report.ts";
import { clean } from "../../terminal/clean.ts";
import type { ProofShell } from "../../verify/options.ts";
import type { Context } from "../context.ts";
import { openFailShell } from "../run/shell/fail-shell.ts";
import { openPersonShell, ownTerminal } from "../run/shell/person-shell.ts";
import type { watchSignals } from "../signals.ts";

/** The shells of `verify --shell`: the proof waits until the person leaves, and its host is there that long. */
export function proofShell(
  context: Context,
  reports: Required<Report>,
  signals: ReturnType<typeof watchSignals>,
): ProofShell {
  const { io } = context;
  const alone = async (work: () => Promise<void>): Promise<void> => {
    reports.suspend();
    signals.pause();
    await work();
    signals.resume();
    reports.resume();
  };
  const onHost: ProofShell["onHost"] = (enter, { stage, message }) =>
    alone(async () => {
      io.err(`${stage}: ${clean(message)}\nA shell on the host; \`exit\` ends it, and the host goes.\n`);
      await openPersonShell(["sh", "-c", enter], { io, env: process.env });
    });
  return { onHost, atStep: (failed, host) => alone(() => openFailShell(ownTerminal(io), failed, host)) };
}
