import { spawn } from "node:child_process";
import type { FailContext } from "../../engine/run/options.ts";
import type { Host } from "../../engine/target/host.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import type { Context } from "../context.ts";
import { offerText } from "./offer-text.ts";

/** Opens a shell for a person where a step failed, with the state that the step began with. */
export async function openFailShell({ io }: Context, failed: FailContext, host: Host): Promise<void> {
  const { step, values, command } = failed;
  const where = step.step.on === "host" ? "" : ` on ${step.step.on}`;
  io.err(`A shell${where}, as ${step.key} found it; \`exit\` ends it.\n`);
  // A state may be larger than a command line, which everybody can read, too.
  const offer = await offerText({ host, values, command, text: stateText(failed, io.env["TERM"] || "dumb") });
  if (offer === undefined) {
    io.err("The shell can't be opened: the step's state could not be handed to it.\n");
    return;
  }
  const line = `${command ?? ""} bash --noprofile --rcfile ${offer.path} -i`.trim();
  const words = host.local ? ["bash", "-c", line] : ["ssh", "-t", host.name, `${exportsFor(line, failed)}${line}`];
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
  offer.withdraw();
}

/** What the shell reads first: the step's values and state, then what a person's shell has. */
function stateText({ step, restore = "", values }: FailContext, terminal: string): string {
  return [
    ...[...values].map(([name, value]) => `export ${name}=${quoteShell(value)}`),
    // Variables that bash keeps for itself can't be set again, and say so.
    "exec 8>&2 2>/dev/null",
    restore,
    "exec 2>&8 8>&-",
    "set +Eeu +o pipefail; trap - ERR DEBUG EXIT",
    `export TERM=${quoteShell(terminal)}`,
    `PS1=${quoteShell(`(${step.key}) \\w\\$ `)}`,
    "",
  ].join("\n");
}

/** On another machine, the values that the target's command names have to be set before it. */
function exportsFor(line: string, { values }: FailContext): string {
  const named = new Set([...line.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name]) => name));
  return [...values]
    .filter(([name]) => named.has(name))
    .map(([name, value]) => `export ${name}=${quoteShell(value)}; `)
    .join("");
}
