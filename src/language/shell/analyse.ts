import type { Command, ParsedScript, ParseError, Redirection, SyntaxNode } from "unbash";
import { NAME } from "../model/names.ts";
import { loadUnbash } from "../parsers.ts";
import { arithmeticTarget, assignedBy } from "./assigned.ts";
import { hastyReaders } from "./command/hasty.ts";
import { type Waiting, waitsFor } from "./command/waits.ts";
import { type Context, childContext } from "./context.ts";

/** An expansion of a variable in a shell text. */
export interface Reference {
  name: string;
  pos: number;
  end: number;
  context: Context;
  /** Nothing but the name: no operator, no index, no prefix. */
  plain: boolean;
  /** An operator says what an unset one means. */
  guarded: boolean;
  /** The word or heredoc that it stands in. */
  holder?: SyntaxNode;
}

/** A variable that a shell text sets. */
export interface Assigned {
  name: string;
  pos: number;
  /** The value is an array. */
  array?: boolean;
  /** For one command only, or in a subshell or function: it doesn't reach what follows. */
  passing: boolean;
}

/** The effects of a shell text, as far as its syntax shows them. */
export interface ShellFacts {
  errors: ParseError[];
  /** Where `$ ` prompts stand. */
  prompts: number[];
  references: Reference[];
  assigned: Assigned[];
  functions: Set<string>;
  /** The literal names of the commands that it calls, with the place of the first call. */
  called: Map<string, number>;
  /** Commands that read what nobody gives them, since a step's input is empty. */
  waiting: { pos: number; end: number; for: Waiting }[];
  /** Readers at the end of a pipe that end before what they read from. */
  hasty: { pos: number; end: number }[];
  /** It reads or makes shell text of its own (`eval`, `.`, `source`), so that anything may be set. */
  dynamic: boolean;
}

/** The syntax tree of a shell text; of one that is nested too deeply to be read, an empty tree with the error. */
export function parseShell(text: string): ParsedScript {
  try {
    return loadUnbash().parse(text);
  } catch {
    return { type: "Script", pos: 0, end: text.length, shebang: undefined, commands: [], errors: [TOO_DEEP] };
  }
}

const TOO_DEEP: ParseError = { message: "too deeply nested", pos: 0 };

const known = new Map<string, ShellFacts>();

/** Reads a shell text; the last ones are remembered, because checks ask for the same text more than once. */
export function readShell(text: string): ShellFacts {
  const remembered = known.get(text);
  if (remembered) return remembered;
  const facts: ShellFacts = {
    errors: [],
    prompts: [],
    references: [],
    assigned: [],
    functions: new Set(),
    called: new Map(),
    waiting: [],
    hasty: [],
    dynamic: false,
  };
  try {
    const start: Position = { context: "argument", passing: false, fed: false, at: undefined, holder: undefined };
    walk(parseShell(text), start, facts);
  } catch {
    facts.errors.push(TOO_DEEP);
  }
  if (known.size > 2000) known.clear();
  known.set(text, facts);
  return facts;
}

interface Position {
  context: Context;
  passing: boolean;
  /** Something around it gives it input: a pipeline, a redirection; a function may be given any. */
  fed: boolean;
  /** Where the backticks stand whose text has offsets of its own. */
  at: number | undefined;
  holder: SyntaxNode | undefined;
}

const LOCAL = new Set(["Subshell", "Function", "CommandExpansion", "ProcessSubstitution", "Coproc"]);

function walk(node: SyntaxNode, position: Position, facts: ShellFacts): void {
  const here = { ...position };
  if (node.type === "Word" || node.type === "HereDocBody") here.holder = node;
  if (node.type === "Script") {
    if (node.source !== undefined) here.context = "other";
    for (const error of node.errors ?? []) facts.errors.push({ ...error, pos: here.at ?? error.pos });
  }
  note(node, here, facts);
  const passing = here.passing || LOCAL.has(node.type) || (node.type === "Pipeline" && node.commands.length > 1);
  const at = node.type === "CommandExpansion" && node.text.startsWith("`") ? (here.at ?? node.pos) : here.at;
  loadUnbash().forEachChild(node, (child) => {
    const fed = here.fed || isFed(node, child);
    walk(child, { context: childContext(node, child, here.context), passing, fed, at, holder: here.holder }, facts);
  });
}

/** Whether a node gives its child input. */
function isFed(node: SyntaxNode, child: SyntaxNode): boolean {
  switch (node.type) {
    case "Pipeline":
      return child !== node.commands[0];
    case "Redirected":
      return node.redirects.some(isInput);
    case "ProcessSubstitution":
      return node.text.startsWith(">");
    default:
      return node.type === "Function" || node.type === "Coproc";
  }
}

function isInput({ operator, descriptor }: Redirection): boolean {
  const standard = descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 0);
  return operator.startsWith("<") && standard;
}

function note(node: SyntaxNode, { context, passing, fed, at, holder }: Position, facts: ShellFacts): void {
  const pos = at ?? node.pos;
  switch (node.type) {
    case "SimpleExpansion":
    case "ParameterExpansion": {
      const simple = node.type === "SimpleExpansion";
      const name = simple ? node.text.slice(1) : node.parameter;
      if (!NAME.test(name)) return;
      const plain = simple || !(node.prefix || node.index || node.operation);
      const operation = simple ? undefined : node.operation;
      const guarded = operation?.type === "Default" || (!simple && node.prefix === "!" && operation?.type === "Names");
      const end = at === undefined ? node.end : pos;
      // A length is a number: it is never split.
      const around = !simple && node.prefix === "#" ? "other" : context;
      facts.references.push({ name, pos, end, context: around, plain, guarded, ...(holder && { holder }) });
      if (operation?.type === "Default" && operation.operator.endsWith("="))
        facts.assigned.push({ name, pos, passing });
      return;
    }
    case "HereDoc":
      if (!node.closing) facts.errors.push({ message: `no line ${node.delimiter?.value ?? ""} ends the heredoc`, pos });
      return;
    case "Function":
      facts.functions.add(node.name.value);
      return;
    case "For":
    case "Select":
      facts.assigned.push({ name: node.name.value, pos, passing });
      return;
    case "ArithmeticBinary":
    case "ArithmeticUnary": {
      const name = arithmeticTarget(node);
      if (name !== undefined) facts.assigned.push({ name, pos, passing });
      return;
    }
    case "Redirect":
      // `exec {fd}>file` sets `fd`.
      if (node.descriptor?.type === "FileDescriptorVariable")
        facts.assigned.push({ name: node.descriptor.name, pos, passing });
      return;
    case "Coproc": {
      const name = node.name?.value ?? "COPROC";
      facts.assigned.push({ name, pos, passing, array: true }, { name: `${name}_PID`, pos, passing });
      return;
    }
    case "Pipeline":
      for (const reader of hastyReaders(node)) facts.hasty.push(at === undefined ? reader : { pos, end: pos });
      return;
    case "Command":
      noteCommand(node, pos, passing, facts);
      if (!fed && !node.redirects.some(isInput)) noteWaiting(node, at, facts);
  }
}

function noteCommand(command: Command, pos: number, passing: boolean, facts: ShellFacts): void {
  const { dynamic, names } = assignedBy(command);
  if (dynamic) facts.dynamic = true;
  for (const { name, array, passing: only } of names) {
    facts.assigned.push({ name, pos, passing: passing || only, ...(array && { array }) });
  }
  if (!command.name) return;
  if (command.name.text === "$") facts.prompts.push(pos);
  else if (!command.name.parts && !facts.called.has(command.name.value)) facts.called.set(command.name.value, pos);
}

function noteWaiting(command: Command, at: number | undefined, facts: ShellFacts): void {
  const waiting = waitsFor(command);
  if (!waiting || !command.name) return;
  const pos = at ?? command.name.pos;
  facts.waiting.push({ pos, end: at === undefined ? command.end : pos + 1, for: waiting });
}
