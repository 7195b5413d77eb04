import { quoteShell } from "../../language/shell/quote.ts";
import { fileContent } from "../../language/values/shown.ts";
import { substitute } from "../../language/values/substitute.ts";
import type { SavedFile } from "../journal/record.ts";
import type { PlanStep } from "../plan/plan.ts";

/** The shell commands by which a `file` step works on its target. Values are data in them; only POSIX tools are used. */
export interface FileCommands {
  path: string;
  content: string;
  guard: string;
  write: string;
  /** Prints what is there now: a line that says what, then the content in base64. */
  save: string;
}

/** The commands of a `file` step for these values. */
export function fileCommands({ step }: PlanStep, values: ReadonlyMap<string, string>): FileCommands {
  if (!step.file) throw new TypeError(`The step ${step.id} writes no file.`);
  const path = substitute(step.file.path, values);
  const content = fileContent(step, values);
  const mode = step.file.mode;
  const head = `rb_p=${quoteShell(path)}\nrb_c=${quoteShell(content)}\n`;
  const same = `[ -f "$rb_p" ] && [ ! -L "$rb_p" ] && [ "$(cat -- "$rb_p"; echo x)" = "\${rb_c}x" ]`;
  const octal = mode?.replace(/^0+(?=.)/, "");
  const guard = `${head}${same}${octal ? ` && [ "$(stat -c %a -- "$rb_p")" = ${octal} ]` : ""}\n`;
  const write = `${head}(
umask 022
rb_d=\${rb_p%/*}
mkdir -p -- "\${rb_d:-/}"
if [ -e "$rb_p" ] && [ ! -L "$rb_p" ] && [ ! -f "$rb_p" ]; then echo "$rb_p is no file" >&2; exit 1; fi
rb_t=\${rb_d}/.runbook-$$
trap 'rm -f -- "$rb_t"' EXIT
if [ -f "$rb_p" ] && [ ! -L "$rb_p" ]; then cp -p -- "$rb_p" "$rb_t"; fi
printf '%s' "$rb_c" >"$rb_t"
${mode ? `chmod ${mode} -- "$rb_t"\n` : ""}if [ -L "$rb_p" ] && [ -d "$rb_p" ]; then rm -f -- "$rb_p"; fi
mv -f -- "$rb_t" "$rb_p"
)
`;
  const save = `rb_p=${quoteShell(path)}
if [ -L "$rb_p" ]; then echo link; readlink -- "$rb_p"
elif [ -f "$rb_p" ]; then echo "file $(stat -c '%a %u %g' -- "$rb_p")"; base64 -- "$rb_p"
elif [ -e "$rb_p" ]; then echo other
else
rb_d=\${rb_p%/*} rb_m=
while [ -n "$rb_d" ] && [ ! -e "$rb_d" ]; do rb_m=$rb_d rb_d=\${rb_d%/*}; done
echo "none $rb_m"; fi
`;
  return { path, content, guard, write, save };
}

/** Reads what `save` printed. */
export function readSaved(path: string, printed: string): SavedFile | undefined {
  const end = printed.indexOf("\n");
  const words = printed.slice(0, end).split(" ");
  const rest = printed.slice(end + 1);
  const none = { path, existed: false, content: Buffer.alloc(0), mode: 0, uid: 0, gid: 0 };
  if (words[0] === "none") return words.length > 1 && words[1] !== "" ? { ...none, made: printed.slice(5, end) } : none;
  if (words[0] === "link") return { ...none, existed: true, link: rest.replace(/\n$/, "") };
  if (words[0] !== "file") return undefined;
  return {
    path,
    existed: true,
    content: Buffer.from(rest, "base64"),
    mode: Number.parseInt(words[1] ?? "644", 8),
    uid: Number(words[2]),
    gid: Number(words[3]),
  };
}

/** The commands that put back what was there, unless the file was changed since: then exit 9, and nothing is done. */
export function restoreFile(commands: FileCommands, saved: SavedFile): string {
  const head = `rb_p=${quoteShell(commands.path)}\nrb_c=${quoteShell(commands.content)}\n`;
  const unchanged = `if [ -e "$rb_p" ] || [ -L "$rb_p" ]; then
  if [ -L "$rb_p" ] || [ "$(cat -- "$rb_p"; echo x)" != "\${rb_c}x" ]; then exit 9; fi
fi
`;
  if (!saved.existed) return `${head}${unchanged}rm -f -- "$rb_p"\n${saved.made ? removeFolders(saved.made) : ""}`;
  if (saved.link !== undefined) {
    return `${head}${unchanged}rm -f -- "$rb_p"\nln -s -- ${quoteShell(saved.link)} "$rb_p"\n`;
  }
  const encoded = saved.content.toString("base64");
  return `${head}${unchanged}rb_t=\${rb_p%/*}/.runbook-$$
printf '%s' ${quoteShell(encoded)} | base64 -d >"$rb_t"
chown ${saved.uid}:${saved.gid} -- "$rb_t"
chmod ${saved.mode.toString(8)} -- "$rb_t"
mv -f -- "$rb_t" "$rb_p"
`;
}

/** Takes folders away that the step made, from the file's own up to `made`, as long as nothing else is in them. */
function removeFolders(made: string): string {
  return `rb_m=${quoteShell(made)}
rb_d=\${rb_p%/*}
while [ "\${#rb_d}" -ge "\${#rb_m}" ] && rmdir -- "$rb_d" 2>/dev/null; do rb_d=\${rb_d%/*}; done
`;
}
