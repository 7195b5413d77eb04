import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../checkout.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import { needsBash } from "./handed-on.ts";

/** One of the shell texts in `scripts/`. */
export function shellText(name: string): string {
  return readFileSync(join(checkout, "src/engine/shell/scripts", name), "utf8");
}

/** The line that makes the host's shell enter a target; a frame `1` comes when it is safe to send more. */
export function enterLine(command: string, variables: ReadonlyMap<string, string>, nonce: string): string {
  const texts = [...variables].filter(([, value]) => !needsBash(value));
  const exports = texts.map(([name, value]) => `export ${name}=${lineQuoted(value)}; `).join("");
  return `${exports}printf '\\036${nonce} 1\\037'; ${command.replaceAll("\n", " ")} sh; exit $?\n`;
}

/** A value on one line, also where it holds line feeds. */
function lineQuoted(value: string): string {
  if (!value.includes("\n")) return quoteShell(value);
  return `"$(printf '%b_' ${quoteShell(value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n"))})"`;
}

/**
 * The line that chooses the shell, and says which in a frame. It becomes bash (`B`) where there is one, and where descriptors
 * can be opened by name, as bash's worker does; else it stays as it is (`P`). On a terminal, which echoes, cuts long lines
 * and joins stdout and stderr, it ends (`T`).
 */
export function shellLine(nonce: string): string {
  const terminal = `if [ -t 0 ] || [ -t 1 ] || [ -t 2 ]; then printf '\\036${nonce} T\\037'; exit 1; fi; `;
  return `${terminal}if [ -e /proc/self/fd/0 ] && command -v bash >/dev/null 2>&1; then printf '\\036${nonce} B\\037'; exec bash --noprofile --norc; else printf '\\036${nonce} P\\037'; fi\n`;
}

/** The text that makes that shell the supervisor; it writes a frame `R` when it is ready. `beat` is the line's limit in seconds. */
export function supervisorText(
  kind: "bash" | "sh",
  { nonce, run, beat, isHost }: { nonce: string; run: string; beat?: number | undefined; isHost: boolean },
): string {
  const worker = kind === "bash" ? shellText("state.bash") + shellText("worker.bash") : shellText("worker.sh");
  const text = [
    `rb_nonce=${nonce} rb_kind=${kind} rb_run=${run} rb_wait='${kind === "bash" && beat ? `-t ${beat}` : ""}'`,
    `rb_worker=${quoteShell(worker)}`,
    shellText("ending.sh"),
    ...(isHost ? [shellText("lock.sh")] : []),
    shellText("supervisor.sh"),
  ].join("\n");
  if (kind === "sh") return text;
  return `LC_ALL=C; IFS= read -r -N ${Buffer.byteLength(text)} rb_text; eval "$rb_text"; exit\n${text}`;
}

/** The command that hands a text to the worker: a bash reads it by its length, another shell on one line. */
export function runCommand(kind: "bash" | "sh", text: string, mark: string, encoding: "utf8" | "latin1"): Buffer {
  const payload = kind === "bash" ? text : `${text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n`;
  const bytes = Buffer.from(payload, encoding);
  return Buffer.concat([Buffer.from(`run ${bytes.length} ${mark}\n`), bytes]);
}
