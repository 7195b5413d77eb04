import type { Complaints } from "./complaints.ts";
import { spanInFence } from "./fence.ts";
import { isGiven } from "./names.ts";
import { didYouMean } from "./nearest.ts";
import type { Attached, Fence, Parameter, Runbook, Step } from "./runbook.ts";
import { type Reference, readShell, type ShellFacts } from "./shell.ts";

/** What earlier steps left in a target's shell. */
interface Left {
  /** A name, and the step that alone sets it where that one may be skipped. */
  names: Map<string, string | undefined>;
  /** A step ran shell text of its own, so that any name may be set. */
  dynamic: boolean;
}

interface State {
  params: Map<string, Parameter>;
  sets: Set<string>;
  targets: Map<string, Left>;
}

/** Warns of the last runbook's variables, given those that run before it, in their order. */
export function checkVariables(order: readonly Runbook[], complaints: Complaints): void {
  const state: State = { params: new Map(), sets: new Set(), targets: new Map() };
  for (const [index, runbook] of order.entries()) {
    for (const parameter of runbook.params) state.params.set(parameter.name, parameter);
    for (const step of runbook.steps) {
      if (index === order.length - 1) checkStep(step, state, complaints);
      leave(step, state);
    }
  }
}

function checkStep(step: Step, state: State, complaints: Complaints): void {
  const own = factsOf(step);
  const attached = [...step.when, ...step.guard, ...step.proof, ...step.undo];
  if (own) {
    checkText(step.fence, own, step.on, own, state, complaints);
    for (const { name, pos, passing } of own.assigned) {
      if (passing || !state.params.has(name)) continue;
      const span = spanInFence(step.fence, pos, pos + name.length);
      complaints.add("reassigned-parameter", span, `The parameter ${name} gets another value here.`, {
        hint: "What is shown for a value would no longer be what runs: take another name.",
      });
    }
  }
  for (const fence of attached) checkText(fence, readShell(fence.text), targetOf(fence, step), own, state, complaints);
}

function checkText(
  fence: Fence,
  facts: ShellFacts,
  target: string,
  own: ShellFacts | undefined,
  state: State,
  complaints: Complaints,
): void {
  const left = leftOn(target, state);
  const here = new Set([...facts.assigned, ...(own?.assigned ?? [])].map(({ name }) => name));
  const dynamic = facts.dynamic || own?.dynamic === true || left.dynamic;
  const seen = new Set<string>();
  for (const reference of facts.references) {
    const { name } = reference;
    const span = spanInFence(fence, reference.pos, Math.max(reference.end, reference.pos + 1));
    if (isSplit(reference, state)) {
      complaints.add("unquoted-parameter", span, `The parameter ${name} is split into words where it isn't quoted.`, {
        hint: `Write it in double quotes, or declare it with \`list: true\`.`,
      });
    }
    if (seen.has(name) || here.has(name) || state.params.has(name) || state.sets.has(name)) continue;
    seen.add(name);
    const setter = left.names.get(name);
    if (setter !== undefined) {
      complaints.add("guarded-sets", span, `${name} is set by the step "${setter}", which may be skipped.`, {
        hint: `Work it out here, or in a step of its own with \`sets="${name}"\`.`,
      });
    } else if (!left.names.has(name) && !reference.guarded && !dynamic && !isGiven(name)) {
      const names = [...state.params.keys(), ...state.sets, ...left.names.keys()];
      complaints.add("unset-variable", span, `Nothing sets ${name}.`, {
        hint:
          elsewhere(name, state) ??
          didYouMean(name, names, "Declare it under `params:`, or set it in an earlier step."),
      });
    }
  }
}

function elsewhere(name: string, { targets }: State): string | undefined {
  for (const [target, { names }] of targets) {
    if (names.has(name)) return `It is set on ${target}: hand it to all targets by a step with \`sets="${name}"\`.`;
  }
  return undefined;
}

function isSplit({ name, context }: Reference, { params }: State): boolean {
  return context === "argument" && params.get(name)?.list === false;
}

function leave(step: Step, state: State): void {
  for (const name of step.sets) state.sets.add(name);
  const facts = factsOf(step);
  if (!facts) return;
  const left = leftOn(step.on, state);
  const skippable = step.sets.length === 0 && [step.when, step.guard, step.proof].some((fences) => fences.length > 0);
  if (facts.dynamic) left.dynamic = true;
  for (const { name, passing } of facts.assigned) {
    if (passing) continue;
    if (!skippable) left.names.set(name, undefined);
    else if (!left.names.has(name)) left.names.set(name, step.id);
  }
}

function leftOn(target: string, state: State): Left {
  const left = state.targets.get(target) ?? { names: new Map(), dynamic: false };
  state.targets.set(target, left);
  return left;
}

function factsOf(step: Step): ShellFacts | undefined {
  return step.file ? undefined : readShell(step.fence.text);
}

function targetOf(fence: Attached, step: Step): string {
  return fence.on ?? step.on;
}
