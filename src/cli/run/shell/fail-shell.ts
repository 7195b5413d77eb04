import type { FailContext } from "../../../engine/run/options.ts";
import { systemPath } from "../../../engine/shell/launch.ts";
import type { Host } from "../../../engine/target/host.ts";
import { quoteShell } from "../../../language/shell/quote.ts";
import type { PersonTerminal } from "./person-shell.ts";

/**
 * Opens a shell for a person where a step failed, with the state that the step left. The state comes through a
 * pipe on the target, and a far host is reached through the run's own connection.
 */
export async function openFailShell(at: PersonTerminal, failed: FailContext, host: Host): Promise<void> {
  const { key, on, command, values } = failed;
  const where = on === "host" ? "" : ` on ${on}`;
  const settings = [...values].map(([name, value]) => `export ${name}=${quoteShell(value)}`);
  const prompt = quoteShell(`(${key}) \\w\\$ `);
  const terminal = quoteShell(at.type);
  // Nothing of this program's own environment: what steps see is fixed.
  const clean = `env -i PATH=${systemPath(true)} TERM=${terminal}`;
  let offered: Awaited<ReturnType<FailContext["offer"]>>;
  try {
    // Variables that bash keeps for itself can't be set again, and say so.
    offered = await failed.offer(
      ["unset ENV", ...settings, "exec 9>&2 2>/dev/null"].join("\n"),
      `exec 2>&9 9>&-\nset +eu\ntrap - EXIT\nexport TERM=${terminal}\nPS1=${prompt}`,
    );
  } catch {
    offered = undefined;
  }
  if (!offered) {
    at.say(`A shell${where} can't be opened: its target is gone, or has no room for a pipe.\n`);
    return;
  }
  at.say(`A shell${where}, as ${key} left it; \`exit\` ends it.\n`);
  const { path, kind } = offered;
  const shell = kind === "bash" ? `${clean} bash --noprofile --rcfile ${path} -i` : `${clean} ENV=${path} sh -i`;
  const line = command === undefined ? shell : `${command.replaceAll("\n", " ")} ${shell}`;
  // On another host, what the target's command names is set there: in a script that comes through a pipe too.
  const script =
    host.terminal && command !== undefined
      ? await failed.offerOnHost([...settings, `exec ${line}`].join("\n"))
      : undefined;
  const words = host.terminal ? [...host.terminal, script ? `sh ${script.path}` : line] : ["sh", "-c", line];
  await at.open(words, { ...at.env, ...Object.fromEntries(values) });
  await script?.close();
  await offered.close();
}
