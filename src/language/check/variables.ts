import { didYouMean } from "../../words/nearest.ts";
import type { Complaints } from "../model/complaints.ts";
import { isGiven } from "../model/names.ts";
import type { Span } from "../model/place.ts";
import type { Attached, Fence, Parameter, Runbook, Step } from "../model/runbook.ts";
import { spanInFence } from "../read/fence/fence.ts";
import { type Reference, readShell, type ShellFacts } from "../shell/analyse.ts";
import { referredNames } from "../values/substitute.ts";

/** The names that earlier steps left in a target's shell. */
interface Left {
  /** A name, and the step that alone sets it where that one may be skipped. */
  names: Map<string, string | undefined>;
  /** A function's name, and the step that alone defines it where that step may be skipped. */
  functions: Map<string, string | undefined>;
  /** A step ran shell text of its own, so that any name may be set. */
  dynamic: boolean;
}

interface State {
  params: Map<string, Parameter>;
  sets: Set<string>;
  /** The variables of `sets` that are arrays, as far as their steps show it, each with its step. */
  arrays: Map<string, string>;
  targets: Map<string, Left>;
}

/** Warns of the last runbook's variables, given those that run before it, in their order. */
export function checkVariables(order: readonly Runbook[], complaints: Complaints): void {
  const state: State = { params: new Map(), sets: new Set(), arrays: new Map(), targets: new Map() };
  for (const [index, runbook] of order.entries()) {
    for (const parameter of runbook.params) state.params.set(parameter.name, parameter);
    const last = index === order.length - 1;
    if (last) checkDefaults(runbook, state, complaints);
    for (const step of runbook.steps) {
      if (last) checkStep(step, state, complaints);
      leave(step, state);
    }
    if (last) checkTargets(runbook, state, complaints);
  }
}

/** A computed default sees the parameters above it, and those of required runbooks. */
function checkDefaults({ params }: Runbook, state: State, complaints: Complaints): void {
  for (const [index, { name, default: value, span }] of params.entries()) {
    if (typeof value !== "object") continue;
    const below = new Set(params.slice(index).map((parameter) => parameter.name));
    const names = [...state.params.keys(), ...state.sets].filter((known) => !below.has(known));
    checkCommand(value.command, `The default of ${name}`, new Set(names), span, complaints);
  }
}

// A target is entered at its first step, so it sees what any earlier step may have handed on.
function checkTargets({ targets }: Runbook, state: State, complaints: Complaints): void {
  const names = new Set([...state.params.keys(), ...state.sets]);
  for (const { name, command, span } of targets) checkCommand(command, `The target ${name}`, names, span, complaints);
}

function checkCommand(command: string, what: string, names: Set<string>, span: Span, complaints: Complaints): void {
  const { references, assigned, dynamic } = readShell(command);
  const own = new Set(assigned.map(({ name }) => name));
  const unknown = references.filter(({ name, guarded }) => {
    return !(names.has(name) || own.has(name) || guarded || dynamic || isGiven(name));
  });
  for (const name of new Set(unknown.map((reference) => reference.name))) {
    complaints.add("unset-variable", span, `${what} uses ${name}, which nothing sets before.`, {
      hint: didYouMean(name, names, "Declare it under `params:`, above where it is used."),
    });
  }
}

function checkStep(step: Step, state: State, complaints: Complaints): void {
  const own = factsOf(step);
  checkArrays(step, state, complaints);
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

/** What is put into a file or compared with output is text, and an array is none. */
function checkArrays({ file, fence, output }: Step, { arrays }: State, complaints: Complaints): void {
  const texts = [...(file ? [fence.text, file.path] : []), ...(output ? [output.text] : [])];
  for (const name of new Set(texts.flatMap(referredNames))) {
    const setter = arrays.get(name);
    if (setter === undefined) continue;
    const { span } = file ? fence : (output ?? fence);
    complaints.add(
      "array-as-text",
      span,
      `${name} is an array of the step "${setter}", and what stands here is text.`,
      {
        hint: `Let that step hand on a text, such as ${name}_TEXT="\${${name}[*]}".`,
      },
    );
  }
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
  checkCalls(fence, facts, own, left, complaints);
  for (const reference of facts.references) {
    const { name } = reference;
    const span = spanInFence(fence, reference.pos, reference.end);
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

function checkCalls(
  fence: Fence,
  facts: ShellFacts,
  own: ShellFacts | undefined,
  left: Left,
  complaints: Complaints,
): void {
  for (const [name, pos] of facts.called) {
    const definer = left.functions.get(name);
    if (definer === undefined || facts.functions.has(name) || own?.functions.has(name)) continue;
    const span = spanInFence(fence, pos, pos + name.length);
    complaints.add(
      "guarded-sets",
      span,
      `The function ${name} is made by the step "${definer}", which may be skipped.`,
      {
        hint: "Make it in a step that is never skipped, or here.",
      },
    );
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
  for (const name of step.sets) {
    if (facts.assigned.some((assigned) => assigned.name === name && assigned.array)) state.arrays.set(name, step.id);
    else state.arrays.delete(name);
  }
  const left = leftOn(step.on, state);
  const skippable = step.sets.length === 0 && [step.when, step.guard, step.proof].some((fences) => fences.length > 0);
  const remember = (known: Left["names"], name: string): void => {
    if (!skippable) known.set(name, undefined);
    else if (!known.has(name)) known.set(name, step.id);
  };
  if (facts.dynamic) left.dynamic = true;
  for (const { name, passing } of facts.assigned) {
    if (passing) continue;
    remember(left.names, name);
  }
  for (const name of facts.functions) remember(left.functions, name);
}

function leftOn(target: string, state: State): Left {
  const left = state.targets.get(target) ?? { names: new Map(), functions: new Map(), dynamic: false };
  state.targets.set(target, left);
  return left;
}

function factsOf(step: Step): ShellFacts | undefined {
  return step.file ? undefined : readShell(step.fence.text);
}

function targetOf(fence: Attached, step: Step): string {
  return fence.on ?? step.on;
}
