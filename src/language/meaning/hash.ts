import { createHash } from "node:crypto";
import type { Attached, Parameter, Runbook, Step } from "../model/runbook.ts";

/**
 * The hash of a step's meaning: all that it says, all earlier steps of its runbook (a shell's state
 * carries), its runbook's parameters and targets, and the state that the runbooks which it requires lead to, to
 * which their undo adds nothing. Prose, titles, descriptions and places don't count.
 */
export function stepHash(order: readonly Runbook[], step: Step): string {
  for (const runbook of order) {
    const index = runbook.steps.indexOf(step);
    if (index !== -1) return hashesOf(order, runbook).steps[index] ?? "";
  }
  throw new RangeError(`The step ${step.id} is in none of the runbooks.`);
}

/** The hash of a runbook as a whole: of its last step, or of its head where it has none. */
export function runbookHash(order: readonly Runbook[], runbook: Runbook): string {
  const { head, steps } = hashesOf(order, runbook);
  return steps.at(-1) ?? head;
}

/**
 * The hash of the state that a runbook leads to: all of its meaning but the way back. What stands on that state, a
 * runbook that requires it or a layer, is the same whatever undo does.
 */
export function endStateHash(order: readonly Runbook[], runbook: Runbook): string {
  return hashesOf(order, runbook).endState;
}

/** All hashes of a runbook. */
interface Hashes {
  order: readonly Runbook[];
  head: string;
  steps: string[];
  endState: string;
}

// By identity: a page that was read again is another runbook.
const known = new WeakMap<Runbook, Hashes>();

function hashesOf(order: readonly Runbook[], runbook: Runbook): Hashes {
  const remembered = known.get(runbook);
  if (remembered && sameRunbooks(remembered.order, order)) return remembered;
  const head = headHash(order, runbook);
  const meanings = runbook.steps.map((step) => ({ forth: forth(step), back: back(step) }));
  const steps: string[] = [];
  for (const meaning of meanings) steps.push(digest([steps.at(-1) ?? head, meaning.forth, meaning.back]));
  const endState = digest([head, meanings.map((meaning) => meaning.forth)]);
  const hashes = { order: [...order], head, steps, endState };
  known.set(runbook, hashes);
  return hashes;
}

function headHash(order: readonly Runbook[], runbook: Runbook): string {
  const { id, params, targets } = runbook;
  const required = runbook.requires.map((requirement) => {
    const found = order.find((other) => other.id === requirement.id);
    // A missing runbook has no hash yet; a cycle is an error that stops every run.
    const before = order.slice(0, order.indexOf(runbook));
    return found && before.includes(found) ? endStateHash(order, found) : requirement.id;
  });
  return digest([id, required.sort(), params.map(ofParameter), targets.map(({ name, command }) => [name, command])]);
}

/** What a step does and proves. `danger` only asks. */
function forth(step: Step): unknown {
  const { id, on, fence, file, when, guard, proof, output, timeoutMs, retry, sets, ...end } = step;
  const attached = [when, guard, proof].map((fences) => fences.map(ofAttached));
  return [
    id,
    on,
    fence.text,
    file ? [file.path, file.mode ?? null] : null,
    attached,
    output?.text ?? null,
    timeoutMs ?? null,
    retry,
    sets,
    [end.exits, end.background, end.reboot],
  ];
}

/** What undo does with a step's work; the wording of why it stays does not count. */
function back({ undo, keeps }: Step): unknown {
  return [undo.map(ofAttached), keeps !== undefined];
}

function ofAttached({ text, on, withinMs, timeoutMs }: Attached): unknown {
  return [text, on ?? null, withinMs ?? null, timeoutMs ?? null];
}

function ofParameter({ name, default: value, pattern, enum: choices, list, secret, multiline }: Parameter): unknown {
  const given = typeof value === "object" ? { command: value.command } : (value ?? null);
  return [name, given, pattern ?? null, choices ?? null, list, secret, multiline];
}

function digest(value: unknown): string {
  return `sha256-${createHash("sha256").update(JSON.stringify(value)).digest("hex")}`;
}

function sameRunbooks(one: readonly Runbook[], other: readonly Runbook[]): boolean {
  return one.length === other.length && one.every((runbook, index) => runbook === other[index]);
}
