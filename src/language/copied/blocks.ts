import type { Fence, Parameter, Runbook, Step } from "../model/runbook.ts";
import { placeOfOffset } from "../read/fence/fence.ts";
import { shellTemplate, type Template } from "../values/template.ts";
import type { Block } from "./block.ts";
import { targetShell } from "./target-shell.ts";

const known = new WeakMap<Runbook, ReadonlyMap<string, Block>>();

/** The blocks of a runbook by key: `STEP`, `STEP:enter`, `STEP:path`, `STEP:output`, `STEP:guard:0` and so on. */
export function blocksOf(runbook: Runbook): ReadonlyMap<string, Block> {
  // A page's cards, its form and its data ask one after the other, and each block's shell is parsed.
  const blocks = known.get(runbook) ?? makeBlocks(runbook);
  known.set(runbook, blocks);
  return blocks;
}

function makeBlocks(runbook: Runbook): Map<string, Block> {
  const names = new Set(runbook.params.filter(({ secret }) => !secret).map(({ name }) => name));
  const blocks = new Map<string, Block>();
  for (const step of runbook.steps) {
    const { id, fence, file, output, on } = step;
    const own = file ? { ...dataBlock(fence.text, names), file } : shellBlock(fence.text, names);
    blocks.set(id, sessionBlock(step, names) ?? own);
    if (file) blocks.set(`${id}:path`, dataBlock(file.path, names));
    const enter = (key: string, on: string): void => {
      const target = runbook.targets.find(({ name }) => name === on);
      if (target) blocks.set(`${key}:enter`, shellBlock(`${target.command} ${targetShell(target, runbook)}`, names));
    };
    enter(id, on);
    if (output && !step.session) blocks.set(`${id}:output`, dataBlock(output.text, names));
    for (const role of ["when", "guard", "proof", "undo"] as const) {
      step[role].forEach((check, index) => {
        blocks.set(`${id}:${role}:${index}`, shellBlock(check.text, names));
        enter(`${id}:${role}:${index}`, check.on ?? on);
      });
    }
  }
  return blocks;
}

/** The values that a page shows before a reader gives any: defaults, and the examples of computed ones. */
export function initialValues(params: readonly Parameter[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, default: fallback, secret } of params) {
    if (secret || fallback === undefined) continue;
    values.set(name, typeof fallback === "string" ? fallback : fallback.example);
  }
  return values;
}

/** The values that a copied text may have before a reader gives any: defaults, and no example. */
export function knownDefaults(params: readonly Parameter[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, default: fallback, secret } of params) {
    if (!secret && typeof fallback === "string") values.set(name, fallback);
  }
  return values;
}

/** The commands of computed defaults by name, in their order. */
export function computedCommands(params: readonly Parameter[]): Map<string, Template> {
  const names = new Set(params.filter(({ secret }) => !secret).map(({ name }) => name));
  const commands = new Map<string, Template>();
  for (const { name, default: fallback } of params) {
    if (typeof fallback === "object") commands.set(name, shellBlock(fallback.command, names).template);
  }
  return commands;
}

/** A step's title, or its id where it has none. */
export function titleOf({ title, id }: Step): string {
  return title ?? id;
}

function shellBlock(text: string, names: ReadonlySet<string>): Block & { kind: "shell" } {
  const template = shellTemplate(text);
  return { kind: "shell", template: { text, slots: template.slots.filter(({ name }) => names.has(name)) } };
}

/** A session's slots are those of its commands and of what is printed, at their places in the session as shown. */
function sessionBlock({ session, fence, output }: Step, names: ReadonlySet<string>): Block | undefined {
  if (!session) return undefined;
  const { template } = shellBlock(fence.text, names);
  const within = (part: Fence, offset: number): number => {
    const { line, column } = placeOfOffset(part, offset);
    const index = session.lines.findIndex((start) => start.line === line);
    const before = session.text.split("\n").slice(0, index);
    return before.join("\n").length + (index > 0 ? 1 : 0) + column - (session.lines[index]?.column ?? 1);
  };
  const commands = template.slots.map(({ name, pos, end }, command) => ({
    name,
    pos: within(fence, pos),
    end: within(fence, end),
    command,
  }));
  const printed = output ? dataBlock(output.text, names).slots : [];
  const data = printed.map(({ name, pos, end }) => ({
    name,
    pos: within(output ?? fence, pos),
    end: within(output ?? fence, end),
  }));
  const slots = [...commands, ...data].sort((a, b) => a.pos - b.pos);
  return { kind: "session", template, text: session.text, slots };
}

function dataBlock(text: string, names: ReadonlySet<string>): Block & { kind: "data" } {
  const found = text.matchAll(/\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g);
  const slots = Array.from(found, (match) => ({
    name: match[1] ?? match[2] ?? "",
    pos: match.index,
    end: match.index + match[0].length,
  }));
  return { kind: "data", text, slots: slots.filter(({ name }) => names.has(name)) };
}
