import type { Command, Redirection, SyntaxNode } from "unbash";
import { loadUnbash } from "../parsers.ts";
import { parseShell } from "./analyse.ts";

/** A stretch of a shell text. */
interface Stretch {
  pos: number;
  end: number;
}

/** What a text makes in its shell that no other shell can be given, and where it uses such a thing; by a name of the thing. */
export interface OneShell {
  made: Set<string>;
  used: Map<string, Stretch>;
}

/** Commands that are about the jobs of their own shell. */
const JOB_COMMANDS = new Set(["wait", "fg", "bg", "jobs", "disown"]);

/** Reads what of a text belongs to one shell alone: descriptors, jobs, coprocesses, its process id, builtins turned off. */
export function readOneShell(text: string): OneShell {
  const found: OneShell = { made: new Set(), used: new Map() };
  const opened = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    note(node, found, opened);
    loadUnbash().forEachChild(node, visit);
  };
  try {
    visit(parseShell(text));
  } catch {
    // Too deeply nested: another check reports that.
  }
  // A loop takes all options, and OPTIND begins anew.
  if (/\bOPTIND\b|\b(?:while|until)\s+getopts\b/.test(text)) {
    found.made.delete(OPTIONS);
    found.used.delete(OPTIONS);
  }
  // What a text opens or starts by itself, it does not take from another.
  for (const name of [...opened, ...found.made]) if (name !== PROCESS_ID && name !== OPTIONS) found.used.delete(name);
  return found;
}

const JOB = "a background job";
const PROCESS_ID = "the shell's process id (`$$`)";
const OPTIONS = "the place of `getopts` in an option group";
const RANDOM = "the seed of `RANDOM`";
const HISTORY = "the history";
const COMPLETIONS = "a completion of `complete`";
const BINDINGS = "a key binding";
const descriptor = (name: string): string => `the open descriptor ${name}`;
const builtin = (name: string): string => `what \`${name}\` means`;

function note(node: SyntaxNode, { made, used }: OneShell, opened: Set<string>): void {
  const use = (name: string, { pos, end }: Stretch): void => {
    if (!used.has(name)) used.set(name, { pos, end });
  };
  switch (node.type) {
    case "Statement":
      if (node.background) made.add(JOB);
      return;
    case "Coproc":
      made.add(JOB);
      made.add(`the coprocess ${node.name?.value ?? "COPROC"}`);
      return;
    case "SimpleExpansion":
    case "ParameterExpansion": {
      const name = node.type === "SimpleExpansion" ? node.text.slice(1) : node.parameter;
      if (name === "!" && !(node.type === "ParameterExpansion" && node.prefix)) use(JOB, node);
      else if (name === "$" || name === "BASHPID") {
        made.add(PROCESS_ID);
        use(PROCESS_ID, node);
      } else if (name === "RANDOM") use(RANDOM, node);
      else if (/^[A-Za-z_]\w*$/.test(name)) use(`the coprocess ${name}`, node);
      return;
    }
    case "Redirect": {
      const own = descriptorOf(node);
      if (own !== undefined) opened.add(descriptor(own));
      const to = node.target?.value ?? "";
      const [, number, name] = /^(?:\/dev\/fd\/)?(?:(\d+)|\$\{?(\w+)\}?)$/.exec(to) ?? [];
      const refers = node.operator.includes("&") || to.startsWith("/dev/fd/");
      if (refers && number !== undefined && Number(number) > 2) use(descriptor(number), node);
      if (refers && name !== undefined) use(descriptor(name), node);
      return;
    }
    case "Command":
      noteCommand(node, made, use);
  }
}

function noteCommand(command: Command, made: Set<string>, use: (name: string, at: Stretch) => void): void {
  const words = command.args.map((word) => ("value" in word ? String(word.value) : ""));
  const name = command.name?.value ?? "";
  if (name === "" && command.prefix.some((item) => item.type === "Assignment" && item.name === "RANDOM"))
    made.add(RANDOM);
  if (name === "exec" && words.length === 0) {
    for (const redirect of command.redirects) {
      const own = descriptorOf(redirect);
      if (own !== undefined) made.add(descriptor(own));
    }
  } else if (JOB_COMMANDS.has(name) || (name === "kill" && words.some((word) => word.startsWith("%")))) {
    use(JOB, command);
  } else if (name === "flock" && /^\d+$/.test(words.at(-1) ?? "")) use(descriptor(words.at(-1) ?? ""), command);
  else if (words.includes("-u") && ["read", "mapfile", "readarray"].includes(name)) {
    const number = words[words.indexOf("-u") + 1] ?? "";
    use(descriptor(/^\$\{?(\w+)\}?$/.exec(number)?.[1] ?? number), command);
  } else if (name === "enable") {
    // `-n NAME…` turns builtins off, `-f FILE NAME…` loads them.
    const from = words[0] === "-n" ? 1 : words[0] === "-f" ? 2 : words.length;
    for (const word of words.slice(from)) made.add(builtin(word));
  } else if (name === "complete") {
    const asks = words.length === 0 || words[0] === "-p";
    if (asks) use(COMPLETIONS, command);
    else made.add(COMPLETIONS);
  } else if (name === "compopt") use(COMPLETIONS, command);
  else if (name === "bind") {
    if (words.some((word) => /^-[pPvVsSqX]/.test(word))) use(BINDINGS, command);
    else made.add(BINDINGS);
  } else if (name === "history" || name === "fc") {
    if (name === "history" && words.some((word) => /^-[sranc]/.test(word))) made.add(HISTORY);
    else use(HISTORY, command);
  } else if (name === "set" && words[0] === "-o" && words[1] === "history") made.add(HISTORY);
  else if (name === "getopts") {
    made.add(OPTIONS);
    use(OPTIONS, command);
  } else if (name === "hash" && words[0] === "-p") made.add(builtin(words[2] ?? ""));
  else if (name !== "") use(builtin(name), command);
}

/** The number, or the variable with the number, of a descriptor beyond the standard ones that a redirection opens. */
function descriptorOf({ descriptor: own, ...redirect }: Redirection): string | undefined {
  if (own?.type === "FileDescriptorVariable") return own.name;
  if (own?.type !== "FileDescriptor" || own.value < 3) return undefined;
  const closes = redirect.type === "Redirect" && redirect.target?.value === "-";
  return closes ? undefined : String(own.value);
}
