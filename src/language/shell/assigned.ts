import type { ArithmeticBinary, ArithmeticUnary, Assignment, Command, Word } from "unbash";
import { NAME } from "../model/names.ts";

interface SetName {
  name: string;
  passing: boolean;
  /** Its value is an array, as far as the command tells. */
  array: boolean;
}

/** Commands whose plain arguments name variables that they set or unset. */
const SETTERS = new Set(
  "read mapfile readarray declare typeset local export readonly unset getopts let wait printf".split(" "),
);
const ARRAYS = new Set(["mapfile", "readarray"]);
const TRANSPARENT = new Set(["command", "builtin"]);
const DYNAMIC = new Set(["eval", ".", "source"]);

/** The variables that a simple command sets, and whether it may set any. */
export function assignedBy(command: Command): { dynamic: boolean; names: SetName[] } {
  const names: SetName[] = [];
  // Before a command's name an assignment holds for that command only.
  const passing = command.name !== undefined;
  for (const item of command.prefix)
    if (item.type === "Assignment") names.push({ name: item.name, passing, array: isArray(item) });
  const words = [command.name, ...command.args].filter((word) => word !== undefined);
  while (words[0]?.type === "Word" && TRANSPARENT.has(words[0].value)) words.shift();
  const [first, ...rest] = words;
  const verb = first?.type === "Word" ? first.value : "";
  if (SETTERS.has(verb)) {
    const passing = verb === "local";
    // `read -a`, `declare -A`; of `export`, `printf` and the like no such option.
    const flagged = rest.some((word) => word.type === "Word" && /^-[A-Za-z]*[aA]/.test(word.value));
    const array = ARRAYS.has(verb) || (flagged && verb !== "printf");
    for (const word of rest) {
      if (word.type === "Assignment") names.push({ name: word.name, passing, array: array || isArray(word) });
      else for (const name of namesIn(verb, word, rest)) names.push({ name, passing, array });
    }
  }
  return { dynamic: DYNAMIC.has(verb), names };
}

/** `X=(…)`, `X+=(…)` and `X[1]=…`. */
function isArray({ value, index }: Assignment): boolean {
  return value.type === "ArrayValue" || index !== undefined;
}

/** The variable that an arithmetic expression sets. */
export function arithmeticTarget(node: ArithmeticBinary | ArithmeticUnary): string | undefined {
  const { operator } = node;
  const sets =
    node.type === "ArithmeticUnary"
      ? operator === "++" || operator === "--"
      : operator.endsWith("=") && !["==", "!=", "<=", ">="].includes(operator);
  const target = node.type === "ArithmeticUnary" ? node.operand : node.left;
  const name = target.type === "ArithmeticWord" ? (/^[A-Za-z_]\w*/.exec(target.value)?.[0] ?? "") : "";
  return sets && NAME.test(name) ? name : undefined;
}

function namesIn(verb: string, word: Word, rest: readonly unknown[]): string[] {
  if (verb === "printf") {
    const [option, name] = rest as Word[];
    return option?.value === "-v" && word === name && NAME.test(word.value) ? [word.value] : [];
  }
  if (verb === "let") return word.value.match(/[A-Za-z_]\w*(?=\s*[-+*/%&|^<>]*=(?!=)|\+\+|--)/g) ?? [];
  return NAME.test(word.value) ? [word.value] : [];
}
