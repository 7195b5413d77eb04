import { serveEditor } from "../../../editor/server.ts";
import type { Context } from "../../context.ts";
import { programLine } from "../../line/command-line.ts";
import { versionOf } from "../../version.ts";

/** Serves an editor over this process's standard streams, until the editor ends. */
export async function run(context: Context): Promise<number> {
  const { io, contentDir } = context;
  await serveEditor({
    contentDir,
    cwd: io.cwd,
    input: io.stdin,
    output: process.stdout,
    version: versionOf(),
    lineOf: (words) => programLine(context, words),
  });
  return 0;
}
