import { spawn } from "node:child_process";
import type { Plan } from "../../engine/plan/plan.ts";
import type { FailContext } from "../../engine/run/options.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import type { Context } from "../context.ts";

/** Opens a shell for a person where a step failed, with the state that the step began with. */
export async function openFailShell(
  { io }: Context,
  failed: FailContext,
  plan: Plan,
  destination: string | undefined,
): Promise<void> {
  const { step, command, values } = failed;
  const secrets = new Set(
    [...plan.values.values()].filter(({ parameter }) => parameter.secret).map(({ name }) => name),
  );
  const where = step.step.on === "host" ? "" : ` on ${step.step.on}`;
  io.err(`A shell${where}, as ${step.key} found it; \`exit\` ends it.\n`);
  const terminal = io.env["TERM"] || "dumb";
  const line =
    command === undefined
      ? shellLine(failed, secrets, 0, terminal)
      : `${command} ${shellLine(failed, secrets, isSsh(command) ? 1 : 0, terminal)}`;
  const words = destination === undefined ? ["bash", "-c", line] : ["ssh", "-t", destination, line];
  await new Promise<void>((resolve) => {
    const child = spawn(words[0] ?? "bash", words.slice(1), {
      stdio: "inherit",
      env: { ...io.env, ...Object.fromEntries(values) },
    });
    child.on("error", (error) => {
      io.err(`The shell can't be opened: ${error.message}\n`);
      resolve();
    });
    child.on("exit", () => resolve());
  });
}

/** ssh joins its arguments and has a shell read them once more. */
function isSsh(command: string): boolean {
  return /^\s*(?:\S*\/)?ssh\s/.test(command);
}

/** `bash -c …` that makes an interactive shell read its state first; no file is left anywhere. */
function shellLine(
  { step, restore = "", values }: FailContext,
  secrets: ReadonlySet<string>,
  quotings: number,
  terminal: string,
): string {
  const settings = [...values]
    .filter(([name]) => !secrets.has(name))
    .map(([name, value]) => `export ${name}=${quoteShell(value)}`);
  const prompt = `PS1=${quoteShell(`(${step.key}) \\w\\$ `)}`;
  // Variables that bash keeps for itself can't be set again, and say so.
  const state = [
    ...settings,
    "exec 8>&2 2>/dev/null",
    restore,
    "exec 2>&8 8>&-",
    "set +Eeu +o pipefail; trap - ERR DEBUG EXIT",
    `export TERM=${quoteShell(terminal)}`,
    prompt,
  ].join("\n");
  const program = `exec bash --noprofile --rcfile <(printf %s ${quoteShell(state)}) -i`;
  let word = quoteShell(program);
  for (let level = 0; level < quotings; level += 1) word = quoteShell(word);
  return `bash -c ${word}`;
}
