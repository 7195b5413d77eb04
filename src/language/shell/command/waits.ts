import type { Command } from "unbash";
import { LINES, READERS, SHELLS, WRAPPERS, type Wrapper } from "./entering.ts";
import { has, insideOf, longestKey, named, own, split, type Words, wordsOf } from "./words.ts";

/** What a command waits for: the commands of a person inside it, or input. */
export type Waiting = "commands" | "input";

/** What a command without any input waits for, as far as its words say; undefined where it waits for nothing. */
export function waitsFor(command: Command): Waiting | undefined {
  return waiting(wordsOf(command));
}

function waiting(given: Words): Waiting | undefined {
  const words = named(given);
  const [name = ""] = words;
  if (SHELLS.has(name)) return ofShell(words.slice(1));
  if (name === "su" || name === "runuser") return ofSwitch(words.slice(1));
  const [key, rest] = longestKey(words);
  if (LINES.has(key)) return "commands";
  if (key === "virsh" && rest.length === 0) return "commands";
  if (key === "vagrant ssh") return rest.some((word) => /^(?:-c|--command)/.test(word)) ? undefined : "commands";
  if (key === "crontab") return rest.includes("-e") ? "input" : undefined;
  const wrapper = own(WRAPPERS, key);
  if (wrapper) return ofWrapper(wrapper, rest);
  const reader = own(READERS, key);
  if (!reader) return undefined;
  const { options, operands } = split(rest, "");
  if (options.some((option) => has(reader.unless, option))) return undefined;
  return reader.operands !== undefined && operands.length > reader.operands ? undefined : "input";
}

/** `bash`, `bash -l`, `bash -s`: commands come from its input. With `-c` or a script they don't. */
function ofShell(words: Words): Waiting | undefined {
  const { options, operands } = split(words, "-O +O -o +o --rcfile --init-file");
  if (options.some((option) => /^-[a-z]*c/.test(option) || option === "--version" || option === "--help"))
    return undefined;
  return operands.length === 0 || options.some((option) => /^-[a-z]*s/.test(option)) ? "commands" : undefined;
}

function ofSwitch(words: Words): Waiting | undefined {
  const runs = words.some((word) => /^(?:-[a-z]*c|--(?:session-)?command|-u|--user|--version|--help)/.test(word));
  return runs ? undefined : "commands";
}

function ofWrapper(wrapper: Wrapper, words: Words): Waiting | undefined {
  const { before = 0, shell, shellBy, never } = wrapper;
  const { options, operands, inner } = insideOf(wrapper, words);
  if (options.some((option) => has(never, option))) return undefined;
  if (inner.length > 0) return waiting(inner);
  if (operands.length < before && before > 0 && !shellBy) return undefined;
  return shell || options.some((option) => has(shellBy, option)) ? "commands" : undefined;
}
