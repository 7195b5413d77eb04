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
    program(io.cwd),
    ...words,
    ...(content === undefined ? [] : ["--content", content]),
    ...(dialect === undefined ? [] : ["--dialect", dialect]),
  ]);
}

function program(cwd: string): string {
  const launcher = join(checkout, "runbook");
  if (resolve(cwd) === checkout) return "./runbook";
  if (!existsSync(launcher)) return "runbook";
  const short = relative(cwd, launcher);
  return short.startsWith("../..") ? launcher : short.startsWith(".") ? short : `./${short}`;
}
