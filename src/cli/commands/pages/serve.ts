import { resolve } from "node:path";
import { checkout } from "../../../checkout.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { type Context, flagValue } from "../../context.ts";
import { Conductor } from "../../serve/conductor.ts";
import { refuseWithoutPageFiles, SiteFiles } from "../../serve/files.ts";
import type { Message } from "../../serve/messages.ts";
import { startServer } from "../../serve/server.ts";
import { PageShell } from "../../serve/shell/page-shell.ts";
import { Windows } from "../../serve/windows.ts";
import { watchSignals } from "../../signals.ts";

/** Serves the site on loopback, with each step ready to run. */
export async function run(context: Context): Promise<number> {
  const { io, contentDir, stateDir } = context;
  refuseWithoutPageFiles();
  const folder = flagValue(context, "site");
  const site = new SiteFiles(resolve(folder === undefined ? checkout : io.cwd, folder ?? "dist"));
  const windows = new Windows();
  const tell = (message: Message): void => windows.tell(message);
  const shell = new PageShell(io.env, tell);
  const conductor = new Conductor({ content: contentDir, stateDir }, tell, shell);
  const onAddress = (address: string): void => io.err(`For another window: ${address}\n`);
  const onTrouble = (message: string): void => io.err(`${message}\n`);
  const served = { site, conductor, shell, windows, onAddress, onTrouble };
  const { address, close } = await startServer(served, portOf(context));
  io.out(`${address}\n`);
  const { interrupt, stop } = watchSignals({ onFirst: () => io.err("Ending; what runs is ended in order.\n") });
  await new Promise<void>((ended) => interrupt.first.addEventListener("abort", () => ended()));
  conductor.stop();
  await conductor.ended();
  windows.close();
  close();
  stop();
  return 0;
}

function portOf(context: Context): number {
  const text = flagValue(context, "port") ?? "0";
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new RunbookError("bad-port", `"${text}" is no port.`, {
    hint: "A port is a number up to 65535; 0 takes a free one.",
  });
}
