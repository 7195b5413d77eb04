import { didYouMean } from "../../words/nearest.ts";
import { runbookOrder } from "../meaning/order.ts";
import { byPlace, Complaints } from "../model/complaints.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Page } from "../model/page.ts";
import type { Parameter, Runbook } from "../model/runbook.ts";
import { checkNotCopied } from "./not-copied.ts";
import { checkSecrets } from "./secrets.ts";
import { checkShells } from "./shells/shells.ts";
import { checkVariables } from "./variables.ts";
import { checkVerification } from "./verification.ts";

type Library = ReadonlyMap<string, Runbook>;

/** Diagnostics between pages: their ids, the runbooks that they require, and the names that they share. */
export function checkLibrary(pages: readonly Page[]): Diagnostic[] {
  const library = new Map<string, Runbook>();
  const found: Diagnostic[] = [];
  const runbooks = pages.map(({ runbook }) => runbook).filter((runbook) => runbook !== undefined);
  for (const runbook of runbooks) {
    const first = library.get(runbook.id);
    if (!first) library.set(runbook.id, runbook);
    else if (runbook.id !== "") {
      const complaints = new Complaints(runbook.file);
      complaints.add("duplicate-runbook", runbook.span, `The runbook "${runbook.id}" is in ${first.file} already.`, {
        hint: "Give each runbook an id of its own.",
      });
      found.push(...complaints.diagnostics);
    }
  }
  for (const runbook of runbooks) {
    const complaints = new Complaints(runbook.file);
    checkRequires(runbook, library, complaints);
    if (runbook.requires.length > 0) checkTogether(runbook, library, complaints);
    found.push(...complaints.diagnostics);
  }
  return found.sort((a, b) => (a.file === b.file ? byPlace(a, b) : a.file < b.file ? -1 : 1));
}

function checkRequires(runbook: Runbook, library: Library, complaints: Complaints): void {
  for (const { id, span } of runbook.requires) {
    const required = library.get(id);
    if (!required) {
      complaints.add("dangling-require", span, `No page has the runbook "${id}".`, {
        hint: didYouMean(id, [...library.keys()].filter(Boolean), "Write the id of a page's runbook."),
      });
      continue;
    }
    const way = wayTo(required, runbook.id, library);
    if (!way) continue;
    complaints.add("cycle", span, `${[runbook.id, ...way].join(" requires ")}: none of them can run first.`, {
      hint: "Take one of these out of its page's `requires`.",
    });
  }
}

/** The ids from one runbook along what it requires to another, both included. */
function wayTo(from: Runbook, id: string, library: Library, seen = new Set<string>()): string[] | undefined {
  if (from.id === id) return [id];
  if (seen.has(from.id)) return undefined;
  seen.add(from.id);
  for (const required of from.requires) {
    const next = library.get(required.id);
    const way = next && wayTo(next, id, library, seen);
    if (way) return [from.id, ...way];
  }
  return undefined;
}

// The runbook itself stands for its id here, so that a second page with this id is checked too.
function checkTogether(runbook: Runbook, library: Library, complaints: Complaints): void {
  const order = runbookOrder(new Map([...library, [runbook.id, runbook]]), runbook.id);
  const others = order.filter((other) => other !== runbook);
  for (const parameter of runbook.params) {
    for (const other of others) {
      const twin = other.params.find(({ name }) => name === parameter.name);
      const differing = twin && differences(parameter, twin);
      if (!differing?.length) continue;
      const [key = ""] = differing;
      const where = `${other.file}:${twin?.span.start.line}`;
      complaints.add(
        "unequal-declaration",
        parameter.span,
        `${parameter.name} has another ${key} in "${other.id}" (${where}), and a name has one value in a run.`,
        { hint: `Make ${differing.join(", ")} equal, or take another name.` },
      );
    }
  }
  for (const target of runbook.targets) {
    for (const other of others) {
      const twin = other.targets.find(({ name }) => name === target.name);
      if (!twin || twin.command === target.command) continue;
      const where = `${other.file}:${twin.span.start.line}`;
      complaints.add(
        "unequal-declaration",
        target.span,
        `The target ${target.name} has another command in "${other.id}" (${where}), and a target has one shell in a run.`,
        { hint: "Make the commands equal, or take another name." },
      );
    }
  }
  const complete = order.every(({ requires }) => requires.every(({ id }) => library.has(id)));
  if (!complete) return;
  checkVariables(order, complaints);
  checkNotCopied(order, complaints);
  checkSecrets(order, complaints);
  checkShells(order, complaints);
  checkVerification(order, complaints);
}

const SHARED = ["default", "pattern", "enum", "list", "secret"] as const;

function differences(one: Parameter, other: Parameter): string[] {
  return SHARED.filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
}
