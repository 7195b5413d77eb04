import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, join, relative, resolve, sep } from "node:path";
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
  if (!existsSync(launcher)) return env["npm_command"] === "exec" ? byNpx(env) : installed(env);
  if (resolve(cwd) === checkout) return ["./runbook"];
  const short = relative(cwd, launcher);
  return [short.startsWith("../..") ? launcher : short.startsWith(".") ? short : `./${short}`];
}

/** A package that npx fetched has to be named: `npx runbook` alone would fetch a stranger's package of that name. */
function byNpx(env: NodeJS.ProcessEnv): string[] {
  const asked = env["npm_config_package"] ?? "";
  if (asked === "" && !checkout.includes(`${sep}_npx${sep}`)) return ["npx", "runbook"];
  // Several packages are in lines of their own.
  const one = asked === "" || /\s/.test(asked) ? packageName() : asked;
  return ["npx", `--package=${one}`, "runbook"];
}

function packageName(): string {
  return (JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { name: string }).name;
}

/** The name of an installed package's program, or its path where that is not what PATH leads to. */
function installed({ PATH = "" }: NodeJS.ProcessEnv): string[] {
  const [, started = ""] = process.argv;
  const found = PATH.split(delimiter).find((folder) => folder !== "" && existsSync(join(folder, "runbook")));
  const isThis = found !== undefined && realPath(join(found, "runbook")) === realPath(started);
  return [isThis || started === "" ? "runbook" : started];
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A text of ours that names the launcher of a checkout, as it is true for what is installed. */
export function asInstalled(text: string): string {
  return existsSync(join(checkout, "runbook")) ? text : text.replaceAll("./runbook", "runbook");
}
