import type { Journal } from "../../journal/journal.ts";
import { bytesOf } from "../../shell/state/bytes.ts";
import { readShState } from "../../shell/state/sh-state.ts";
import { readState, variablesOf } from "../../shell/state/state.ts";
import { lineage } from "../lineage.ts";
import { type PlanStep, targetFor } from "../plan.ts";
import type { Work } from "./work.ts";

/** What an undo may find in its shell. */
interface Start {
  /** The folder and the positional parameters. */
  place: string;
  functions: string;
  variables: ReadonlyMap<string, string>;
}

const noStart: Start = { place: "", functions: "", variables: new Map() };

/**
 * Whether the same undo takes the same things away for the work of two runs: each variable that it names had the same
 * value in both, and both start in the same folder. A step that makes a new folder each time (`mktemp`) has made two.
 */
export function sameStart(journal: Journal, step: PlanStep, one: Work, other: Work): boolean {
  return step.step.undo.every((undo) => {
    const target = targetFor(step, undo);
    const [first, second] = [one, other].map((work) => startOf(journal, work, target.key)) as [Start, Start];
    const text = `${undo.text}\n${target.command ?? ""}\n${first.functions}\n${second.functions}`;
    return (
      first.place === second.place &&
      [...text.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g)].every(
        ([, name = ""]) => first.variables.get(name) === second.variables.get(name),
      )
    );
  });
}

/** The start of an undo on a target, as the journal has it: what was handed on stands before what the shell had. */
function startOf(journal: Journal, { key, run }: Work, target: string): Start {
  const line = lineage(journal, run);
  const ids = line.map(({ id }) => id);
  const known = [
    ...Object.entries(run.values),
    ...[...ids].reverse().flatMap((id) => journal.sets(id).map(({ name, value }) => [name, value] as const)),
  ].map(([name, value]) => [name, bytesOf(value)] as const);
  const { place, functions, variables } = readStart(journal.stateAt(ids, key, target) ?? "");
  return { place, functions, variables: new Map([...variables, ...known]) };
}

function readStart(text: string): Start {
  const sh = readShState(text);
  if (sh) {
    const { variables } = sh;
    const words = Object.entries(variables).filter(([name]) => name.startsWith("rb_word_"));
    return {
      place: JSON.stringify([variables["rb_folder"], words]),
      functions: Object.values(sh.functions).join("\n"),
      variables: new Map(Object.entries(variables)),
    };
  }
  const state = readState(text);
  if (!state) return noStart;
  return {
    place: JSON.stringify([state.folder, state.words]),
    functions: state.functions,
    variables: new Map(variablesOf(state).map(({ name, value }) => [name, JSON.stringify(value ?? null)])),
  };
}
