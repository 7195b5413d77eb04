import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { checkout } from "../../checkout.ts";
import { quoteLine } from "../../language/shell/quote.ts";
import type { Context } from "../context.ts";

/** A line that starts this program from where it was started now, with the same pages and the same journal. */
export function programLine({ io, flags }: Pick<Context, "io" | "flags">, words: readonly string[]): string {
  const content = flags.get("content")?.at(-1);
  const dialect = flags.get("dialect")?.at(-1);
  const state = io.env["RUNBOOK_STATE_DIR"];
  return quoteLine([
    ...(state ? [`RUNBOOK_STATE_DIR=${state}`] : []),
    ...program(io),
    ...words,
    ...(content === undefined ? [] : ["--content", content]),
    ...(dialect === undefined ? [] : ["--dialect", dialect]),
  ]);
}

function program({ cwd, env }: Pick<Context["io"], "cwd" | "env">): string[] {
  const launcher = join(checkout, "runbook");
  // A package has none: it is found by npx, or in PATH.
  if (!existsSync(launcher)) return env["npm_command"] === "exec" ? ["npx", "runbook"] : ["runbook"];
  if (resolve(cwd) === checkout) return ["./runbook"];
  const short = relative(cwd, launcher);
  return [short.startsWith("../..") ? launcher : short.startsWith(".") ? short : `./${short}`];
}

/** A text of ours that names the launcher of a checkout, as it is true for what is installed. */
export function asInstalled(text: string): string {
  return existsSync(join(checkout, "runbook")) ? text : text.replaceAll("./runbook", "runbook");
}
