import { type ShellState, trapsOf } from "./state.ts";

/** Builtins and keywords of bash, but for those that change nothing of their shell. A `printf` may, see below. */
const changing = new Set(
  `. alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare dirs disown do
  done elif else enable esac eval exec exit export fc fg fi for function getopts hash help history if in jobs let local
  logout mapfile popd pushd read readarray readonly return select set shift shopt source suspend then time times trap
  type typeset ulimit umask unalias unset until wait while`.split(/\s+/),
);

const plainName = /^(?:\[|[\w./:+-]+)$/;
/** Expansions that read only. */
const reading = /^\$(?:\w+|[?#@*!$-]|\{\w+(?:[%#][^{}$"'`=\\]*)?\})/;

/**
 * True where a text surely leaves the state of its bash as it is: simple commands alone, which are other programs or
 * builtins that only print and test, in a shell where no function, alias or trap of the page's could be meant. Their
 * state need not be reported, and a report costs more than most of them do. Any doubtful text counts as a change.
 */
export function leavesState(text: string, state: ShellState): boolean {
  if (state.functions.trim() !== "" || state.aliases.trim() !== "" || trapsOf(state).size > 0) return false;
  if (state.exitTrap !== "") return false;
  const commands = simpleCommands(text);
  return commands?.every((words) => leaves(words)) ?? false;
}

function leaves([name = "", first = ""]: string[]): boolean {
  if (!plainName.test(name) || changing.has(name)) return false;
  // `printf -v NAME` sets a variable.
  return name !== "printf" || /^(?:'|"?[\w%\\])/.test(first);
}

/** The words of each simple command, as they are written; undefined where there is more than simple commands. */
function simpleCommands(text: string): string[][] | undefined {
  const commands: string[][] = [[]];
  let word = "";
  const endWord = (): void => {
    if (word !== "") commands.at(-1)?.push(word);
    word = "";
  };
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    let piece: string | undefined = char;
    if (char === "\\") piece = text.slice(at, at + 2);
    else if (char === "'") piece = /^'[^']*'/.exec(text.slice(at))?.[0];
    else if (char === '"') piece = doubleQuoted(text.slice(at));
    else if (char === "$") piece = reading.exec(text.slice(at))?.[0];
    else if (/[`()#{}!]/.test(char) || text.startsWith("<<", at)) return undefined;
    if (piece === undefined) return undefined;
    at += piece.length;
    if (piece === "\\\n" || piece === " " || piece === "\t") endWord();
    else if (/^[;&|\n]$/.test(piece)) {
      endWord();
      if (commands.at(-1)?.length) commands.push([]);
    } else word += piece;
  }
  endWord();
  return commands.filter((words) => words.length > 0);
}

/** The double-quoted piece that a text begins with, where all its expansions read only. */
function doubleQuoted(text: string): string | undefined {
  let at = 1;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') return text.slice(0, at + 1);
    if (char === "`") return undefined;
    if (char === "\\") at += 2;
    else if (char === "$") {
      const length = reading.exec(text.slice(at))?.[0].length;
      if (length === undefined) return undefined;
      at += length;
    } else at += 1;
  }
  return undefined;
}
