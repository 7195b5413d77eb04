import type { Parameter, Runbook, Step } from "../../language/model/runbook.ts";
import { shellTemplate } from "../../language/values/template.ts";
import type { Block } from "./block.ts";

/** The blocks of a runbook by key: `STEP`, `STEP:enter`, `STEP:path`, `STEP:output`, `STEP:guard:0` and so on. */
export function blocksOf(runbook: Runbook): Map<string, Block> {
  const names = new Set(runbook.params.filter(({ secret }) => !secret).map(({ name }) => name));
  const blocks = new Map<string, Block>();
  for (const step of runbook.steps) {
    const { id, fence, file, output, on } = step;
    blocks.set(id, file ? { ...dataBlock(fence.text, names), file } : shellBlock(fence.text, names));
    if (file) blocks.set(`${id}:path`, dataBlock(file.path, names));
    const target = runbook.targets.find(({ name }) => name === on);
    if (target) blocks.set(`${id}:enter`, shellBlock(`${target.command} bash`, names));
    if (output) blocks.set(`${id}:output`, dataBlock(output.text, names));
    for (const role of ["when", "guard", "proof", "undo"] as const) {
      step[role].forEach(({ text }, index) => {
        blocks.set(`${id}:${role}:${index}`, shellBlock(text, names));
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

/** A step's title, or its id where it has none. */
export function titleOf({ title, id }: Step): string {
  return title ?? id;
}

function shellBlock(text: string, names: ReadonlySet<string>): Block {
  const template = shellTemplate(text);
  return { kind: "shell", template: { text, slots: template.slots.filter(({ name }) => names.has(name)) } };
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
