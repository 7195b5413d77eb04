import { randomBytes } from "node:crypto";
import type { TargetShell } from "../shell/shell.ts";

/** A state that waits on a target for a shell to read it, in a pipe that only the target's user can open. */
export interface OfferedState {
  /** The pipe's path there. */
  path: string;
  kind: "bash" | "sh";
  /** Takes the pipe away; nobody reads from it any more. */
  close(): Promise<void>;
}

/**
 * Puts commands, bytes a character each, into a pipe on the target, which a shell opened there reads first: so they stand on no command line, in
 * no environment and in no file.
 */
export async function offerState(shell: TargetShell, script: string, mark: string): Promise<OfferedState> {
  const request = { line: 2, copy: true, pipefail: false, sets: [], keep: false, exports: new Map(), mark };
  let printed = "";
  const make = 'rb_d=$(mktemp -d) && mkfifo -m 600 "$rb_d/state" && printf %s "$rb_d/state"';
  await shell.text({ ...request, text: make }, (stream, bytes) => {
    if (stream === "stdout") printed += bytes.toString("utf8");
  });
  if (!/^\/[\w./-]+\/state$/.test(printed)) throw new Error("the target could not make a pipe");
  const end = `RUNBOOK_${randomBytes(8).toString("hex")}`;
  const folder = printed.slice(0, -"/state".length);
  const write = `cat >${printed} <<'${end}'\n${script}\n${end}\nrm -rf ${folder}`;
  let written = false;
  const writing = shell
    .text({ ...request, text: write, encoding: "latin1" }, () => {})
    .then(() => {
      written = true;
    });
  return {
    path: printed,
    kind: shell.kind,
    async close() {
      // Nobody may have opened it: the writer then waits for ever.
      if (!written) await shell.end(0);
      await writing;
      if (!shell.gone) await shell.text({ ...request, text: `rm -rf ${folder}` }, () => {});
    },
  };
}
