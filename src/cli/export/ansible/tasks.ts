import type { Parameter, Runbook, Step } from "../../../language/model/runbook.ts";
import { referredNames } from "../../../language/values/substitute.ts";
import { fileTasks, isCopied, type Reference, type RoleFile } from "./file-tasks.ts";
import { nameOf, type PlacedStep, request, type Task, tagsOf, untilProved } from "./task.ts";

/** What the tasks of all runbooks of an export share. */
export interface Exported {
  /** The runbook that was asked for. */
  id: string;
  names: ReadonlySet<string>;
  /** Parameters that the host works out. */
  computed: ReadonlySet<string>;
  /** Parameters, by name. */
  parameters: ReadonlyMap<string, Parameter>;
  /** Variables that steps hand on. */
  handedOn: ReadonlySet<string>;
}

/** The tasks of one runbook, in the page's order, with the files that they copy. */
export function runbookTasks(runbook: Runbook, exported: Exported): { tasks: Task[]; files: RoleFile[] } {
  const computes = runbook.params.some(({ name }) => exported.computed.has(name));
  const tasks: Task[] = computes ? valueTasks(runbook) : [];
  const files: RoleFile[] = [];
  for (const step of runbook.steps) {
    const placed = { runbook, step, own: runbook.id === exported.id, names: exported.names };
    const made = stepTasks(placed, exported);
    tasks.push(...made.tasks);
    if (made.file) files.push(made.file);
  }
  return { tasks, files };
}

/** The values that the host works out just before the runbook's first step. */
function valueTasks({ id }: Runbook): Task[] {
  return [
    {
      name: `${id}, values of this host`,
      tags: "always",
      "ansible.builtin.command": { argv: `{{ runbook_ask + ['values', '${id}'] }}` },
      register: "runbook_result",
      changed_when: false,
    },
    { name: `${id}, its values`, tags: "always", ...keepFacts },
  ];
}

/** Ansible makes numbers and truths of some texts, so what the host found is kept as it came. */
const keepFacts: Task = {
  "ansible.builtin.set_fact": { runbook_facts: "{{ runbook_facts | default({}) | combine(runbook_found) }}" },
};

function stepTasks(placed: PlacedStep, exported: Exported): { tasks: Task[]; file?: RoleFile } {
  const { step } = placed;
  const tags = tagsOf(placed);
  const name = nameOf(placed);
  const referenceTo: Reference = (one) =>
    exported.computed.has(one) || exported.handedOn.has(one) ? `runbook_facts.${one}` : one;
  const copied = isCopied(step, holdsSecret(step, exported)) ? fileTasks(placed, referenceTo) : undefined;
  const tasks: Task[] = copied?.tasks ?? [
    {
      name,
      ...request(placed, "step", { guard: step.guard, proof: step.proof }),
      changed_when: "runbook_outcome == 'changed'",
      ...untilProved(step),
    },
  ];
  if (step.sets.length > 0) tasks.push(...factTasks(name, step.sets));
  if (step.when.length > 0) {
    const asked = {
      name: `${name}, whether it applies`,
      ...request(placed, "when", { when: step.when }),
      register: "runbook_asked",
      changed_when: false,
    };
    const applies = "(runbook_asked.stdout_lines | last | from_json).outcome == 'applies'";
    const steps = tasks.map((task) => ({ ...task, when: [applies, ...listOf(task["when"])] }));
    tasks.splice(0, tasks.length, asked, ...steps);
  }
  const tagged = tasks.map(({ name: title, ...rest }) => ({ name: title, tags, ...rest }));
  return copied ? { tasks: tagged, file: copied.file } : { tasks: tagged };
}

/** What a step hands on, as facts: under its name for other roles, and as it came for this one's files. */
function factTasks(name: string, sets: readonly string[]): Task[] {
  const facts = Object.fromEntries(sets.map((one) => [one, `{{ runbook_found.${one} }}`]));
  return [
    {
      name: `${name}, what it hands on`,
      "ansible.builtin.set_fact": { ...facts, ...(keepFacts["ansible.builtin.set_fact"] as object) },
      when: [`runbook_found.${sets[0]} is defined`],
    },
  ];
}

function holdsSecret({ fence, file }: Step, { parameters, handedOn }: Exported): boolean {
  const names = referredNames(`${fence.text} ${file?.path ?? ""}`);
  const secrets = [...parameters.values()].some(({ secret }) => secret);
  return names.some((name) => parameters.get(name)?.secret || (secrets && handedOn.has(name)));
}

function listOf(conditions: unknown): unknown[] {
  return conditions === undefined ? [] : (conditions as unknown[]);
}

/** The undos of all runbooks, the last step first. */
export function undoTasks(runbooks: readonly Runbook[], { id, names }: Exported): Task[] {
  const placed = runbooks.flatMap((runbook) =>
    runbook.steps.map((step) => ({ runbook, step, own: runbook.id === id, names })),
  );
  return placed
    .filter(({ step }) => step.undo.length > 0 || step.file)
    .reverse()
    .map((one) => ({
      name: `${nameOf(one)}, undone`,
      tags: tagsOf(one),
      ...request(one, "undo", {
        undo: one.step.undo,
        ...(one.step.file ? {} : { fence: { ...one.step.fence, text: "" } }),
      }),
      changed_when: "runbook_outcome == 'changed'",
      when: [`'${one.runbook.id}/${one.step.id}' in runbook_did`],
    }));
}
