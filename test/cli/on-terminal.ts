import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { commandLine, root } from "./run.ts";

/** What somebody at a terminal types, each where a text is shown. */
export type Answers = readonly (readonly [shown: string, typed: string])[];

/** What a terminal showed, as text and as it came. */
export interface Screen {
  screen: string;
  raw: string;
  exitCode: number | null;
}

/** Runs the command line on a terminal of its own, at which somebody answers what is shown. */
export async function typeOnTerminal(args: string[], answers: Answers, env: NodeJS.ProcessEnv): Promise<Screen> {
  const quoted = commandLine(args).map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const child = spawn(
    "script",
    ["--quiet", "--return", "--command", `stty cols 80 rows 24; exec ${quoted.join(" ")}`, "/dev/null"],
    {
      cwd: root,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TERM: "xterm", LANG: "C.UTF-8", ...env },
      stdio: "pipe",
    },
  );
  let raw = "";
  let [next, from] = [0, 0];
  child.stdout.on("data", (data: Buffer) => {
    raw += data.toString();
    const [shown, typed] = answers[next] ?? [];
    const at = shown === undefined ? -1 : stripVTControlCharacters(raw).indexOf(shown, from);
    if (at < 0 || typed === undefined) return;
    from = at + 1;
    next += 1;
    child.stdin.write(typed);
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { raw, screen: stripVTControlCharacters(raw).replaceAll("\r", ""), exitCode };
}
