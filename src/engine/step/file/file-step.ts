import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../checkout.ts";
import { quoteShell } from "../../../language/shell/quote.ts";
import { filePathProblem } from "../../../language/values/file-path.ts";
import { fileContent } from "../../../language/values/shown.ts";
import { substitute } from "../../../language/values/substitute.ts";
import type { SavedFile } from "../../journal/record.ts";
import type { PlanStep } from "../../plan/plan.ts";

/** The shell commands by which a `file` step works on its target. Values are data in them; only POSIX tools are used. */
export interface FileCommands {
  path: string;
  content: string;
  /** What is wrong with the path, in a sentence: then none of the commands may run. */
  problem?: string;
  guard: string;
  /** The guard, which first takes away what a killed write has left beside the file. */
  guardAndTidy: string;
  write: string;
  /** Prints what is there now, for `readSaved`. */
  save: string;
}

/** What writes, saves and restores a file, behind the variables; for scripts that run without the engine, too. */
export const fileWriteText = script("file-write.sh");

/** The commands that the library uses: a page may have functions and aliases of these names. */
const used = "unalias [ printf echo read cd pwd shopt id ls cat readlink mkdir rmdir rm cp mv ln chmod chown base64";

/**
 * What all commands of a file step begin with, before the variables. In POSIX mode no function can stand before the
 * special builtin `unset`, and an alias has no quoted name.
 */
export const fileGuardText = `POSIXLY_CORRECT=1\n\\unset -f ${used}\n\\unalias -a\n\\unset POSIXLY_CORRECT\n${script("file-guard.sh")}`;

/** A script without its comments and indentation: some shells read it byte by byte. */
function script(name: string): string {
  const text = readFileSync(join(checkout, "src/engine/step/file", name), "utf8");
  return text.replace(/^ *#.*\n|^ +|^\n/gm, "");
}

/** The commands of a `file` step for these values. */
export function fileCommands(
  { step }: PlanStep,
  values: ReadonlyMap<string, string>,
  recordedPath?: string,
): FileCommands {
  if (!step.file) throw new TypeError(`The step ${step.id} writes no file.`);
  const path = recordedPath ?? substitute(step.file.path, values);
  const content = fileContent(step, values);
  const octal = step.file.mode?.replace(/^0+(?=.)/, "") ?? "";
  const head = headOf(path, content, octal);
  const problem = filePathProblem(path);
  return {
    path,
    content,
    ...(problem === undefined ? {} : { problem }),
    guard: problem === undefined ? `${head}rb_same\n` : "false\n",
    guardAndTidy: problem === undefined ? `${head}rb_tidy\nrb_same\n` : "false\n",
    write: problem === undefined ? `${head}${fileWriteText}rb_write\n` : "false\n",
    save: problem === undefined ? `${head}${fileWriteText}rb_save\n` : "false\n",
  };
}

function headOf(path: string, content: string, octal: string): string {
  const permissions = octal === "" ? "" : permissionsOf(Number.parseInt(octal, 8));
  return [
    fileGuardText,
    `rb_p=${quoteShell(path)} rb_n=${Buffer.byteLength(content)} rb_o=${octal} rb_m=${permissions}`,
    ` rb_r=.runbook-${randomBytes(16).toString("hex")}\nrb_c=${quoteShell(content)}\n`,
  ].join("");
}

/** Why `save` found that a file may not be written there, in a sentence. */
export function readRefused(printed: string): string | undefined {
  return /^refused (.*)$/m.exec(printed.slice(0, printed.indexOf("\n")))?.[1];
}

/** Reads what `save` printed: what was there; undefined where that is neither a file nor a link. */
export function readSaved(path: string, printed: string): SavedFile | undefined {
  const end = printed.indexOf("\n");
  const words = printed.slice(0, end).split(" ");
  const rest = printed.slice(end + 1);
  const none = { path, existed: false, content: Buffer.alloc(0), mode: 0, uid: 0, gid: 0 };
  switch (words[0]) {
    case "none":
      return words[1] ? { ...none, made: printed.slice(words[0].length + 1, end) } : none;
    case "link":
      return { ...none, existed: true, link: rest.replace(/\n$/, "") };
    case "file":
      return {
        path,
        existed: true,
        content: Buffer.from(rest, "base64"),
        mode: modeOf(words[1] ?? ""),
        uid: Number(words[2]),
        gid: Number(words[3]),
      };
    default:
      return undefined;
  }
}

/** The commands that put back what was there, unless the file was changed since: then exit 9, and nothing is done. */
export function restoreFile(commands: FileCommands, saved: SavedFile): string {
  const head = `${headOf(commands.path, commands.content, saved.mode.toString(8))}${fileWriteText}`;
  if (!saved.existed) return `${head}rb_restore none ${quoteShell(saved.made ?? "")}\n`;
  if (saved.link !== undefined) return `${head}rb_b=${quoteShell(saved.link)}\nrb_restore link\n`;
  return `${head}rb_b=${quoteShell(saved.content.toString("base64"))}\nrb_restore file ${saved.uid}:${saved.gid}\n`;
}

/** A file's permission bits as `ls` writes them, such as `-rw-r--r--`. */
export function permissionsOf(mode: number): string {
  const letters = [..."rwxrwxrwx"].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : "-"));
  for (const [bit, at, letter] of special) {
    if (mode & bit) letters[at] = letters[at] === "x" ? letter : letter.toUpperCase();
  }
  return `-${letters.join("")}`;
}

/** The permission bits that `ls -l` writes. */
function modeOf(permissions: string): number {
  let mode = 0;
  for (let index = 0; index < 9; index += 1) {
    if (/[rwxst]/.test(permissions[index + 1] ?? "-")) mode |= 1 << (8 - index);
  }
  for (const [bit, at] of special) if (/[st]/i.test(permissions[at + 1] ?? "-")) mode |= bit;
  return mode;
}

/** Set-user-ID, set-group-ID and sticky: the bit, the place of its letter among the nine, the letter. */
const special: readonly (readonly [bit: number, at: number, letter: string])[] = [
  [0o4000, 2, "s"],
  [0o2000, 5, "s"],
  [0o1000, 8, "t"],
];
