import type { Statement } from "unbash";
import { parseShell } from "../../../language/shell/analyse.ts";

/** A function of a bash: its whole definition, and the letters of its attributes (r, t, x). */
export interface ShellFunction {
  name: string;
  text: string;
  flags: string;
}

/** What is read of a state's functions. */
export interface ReadFunctions {
  functions: ShellFunction[];
  /** Names of those whose text is no single definition, so that it must not run. */
  refused: string[];
}

/**
 * Divides the output of `declare -f` into the functions that `declare -F` names. A text counts only where it is one
 * definition and nothing else: running it then defines the function, and does nothing more.
 */
export function readFunctions(text: string, attributes: string): ReadFunctions {
  const texts = wholeText(text) ?? byHeads(text);
  const functions: ShellFunction[] = [];
  const refused: string[] = [];
  for (const line of attributes.split("\n")) {
    const [, flags = "", name = ""] = /^declare -f([rtx]*) (\S+)$/.exec(line) ?? [];
    const own = texts.get(name);
    if (name === "" || isRunnersOwn(name, own ?? "")) continue;
    if (own === undefined) refused.push(name);
    else functions.push({ name, flags, text: own });
  }
  return { functions, refused };
}

/** The definitions of a text that holds nothing else, by name. */
function wholeText(text: string): Map<string, string> | undefined {
  const { commands, errors = [] } = parseShell(text);
  if (errors.length > 0) return undefined;
  const found = new Map<string, string>();
  for (const statement of commands) {
    const own = text.slice(statement.pos, statement.end);
    // Bash prints the attributes of a function behind it.
    if (/^declare -f[rtx]+ \S+$/.test(own)) continue;
    const name = nameOf(statement);
    if (name === undefined) return undefined;
    found.set(name, own);
  }
  return found;
}

/** For a text that can't be read as a whole: divides it at lines that look like a definition's head, and keeps the parts that are definitions. */
function byHeads(text: string): Map<string, string> {
  const starts = [...text.matchAll(/^(?:function )?\S+ \(\) $/gm)].map((match) => match.index);
  const found = new Map<string, string>();
  for (const [index, start] of starts.entries()) {
    // A line that looks like a head may be a part of a heredoc in the function before it.
    for (const end of [...starts.slice(index + 1), text.length].slice(0, 20)) {
      const part = wholeText(text.slice(start, end));
      const [only] = part ?? [];
      if (part?.size !== 1 || !only) continue;
      found.set(only[0], only[1]);
      break;
    }
  }
  return found;
}

function nameOf({ command, background }: Statement): string | undefined {
  return command.type === "Function" && !background ? command.name.text : undefined;
}

/** `exit` and the helpers of the worker, which every new one has by itself. */
function isRunnersOwn(name: string, text: string): boolean {
  return name.startsWith("__rb_") || (name === "exit" && text.includes("__rb_unwind"));
}
