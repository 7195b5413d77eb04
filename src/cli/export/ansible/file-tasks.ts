import type { Step } from "../../../language/model/runbook.ts";
import { contentOf } from "../../../language/values/copied.ts";
import { referredNames } from "../../../language/values/substitute.ts";
import { nameOf, type PlacedStep, request, type Task, untilProved } from "./task.ts";

/** How a value is named in a template: what the host worked out or found is kept apart, as it came. */
export type Reference = (name: string) => string;

/** A file of the role, by its path there. */
export interface RoleFile {
  path: string;
  text: string;
}

/**
 * Whether `copy` or `template` can mean a file step: a file of the host's own that all may read. A new one is readable by
 * all for a moment with either, and neither has a guard of its own, attempts, or a way into a target.
 */
export function isCopied({ file, on, guard, retry }: Step, secret: boolean): boolean {
  if (!file || on !== "host" || guard.length > 0 || retry > 1 || secret) return false;
  return file.mode === undefined || (Number.parseInt(file.mode, 8) & 0o7044) === 0o044;
}

/** A file step as tasks: what is there is kept, `copy` or `template` writes it, its proofs are asked. */
export function fileTasks(placed: PlacedStep, referenceTo: Reference): { tasks: Task[]; file: RoleFile } {
  const { runbook, step, names } = placed;
  const name = nameOf(placed);
  const text = contentOf(step.fence.text, new Map());
  const path = step.file?.path ?? "";
  const used = referredNames(`${text} ${path}`).filter((one) => names.has(one));
  const inText = referredNames(text).some((one) => names.has(one));
  const place = `${runbook.id}/${step.id}`;
  const common = {
    dest: filledIn(path, names, referenceTo),
    mode: "{{ runbook_file.mode | default(omit, true) }}",
    owner: "{{ runbook_file.owner | default(omit, true) }}",
    group: "{{ runbook_file.group | default(omit, true) }}",
  };
  const written = inText
    ? { "ansible.builtin.template": { src: `${place}.j2`, ...common } }
    : { "ansible.builtin.copy": { src: place, ...common } };
  const known = used.map((one) => `${referenceTo(one)} is defined`);
  const tasks = [
    {
      name: `${name}, what is there`,
      ...request(placed, "keep", {}),
      register: "runbook_kept",
      changed_when: "(runbook_kept.stdout_lines | last | from_json).outcome == 'changed'",
    },
    {
      name,
      ...written,
      // Under --check a folder, or a value that an earlier step finds, may not be there yet.
      when: ["runbook_file.folder | default(false, true)", ...known],
      check_mode: "{{ ansible_check_mode }}",
    },
    ...(step.proof.length === 0
      ? []
      : [
          {
            name: `${name}, its proof`,
            ...request(placed, "proof", { proof: step.proof }),
            changed_when: false,
            ...untilProved(step),
          },
        ]),
  ];
  const file = inText
    ? { path: `templates/${place}.j2`, text: filledIn(text, names, referenceTo) }
    : { path: `files/${place}`, text };
  return { tasks, file };
}

/** A page's text as a template of Jinja's: values in the places of their names, all else as it is. */
function filledIn(text: string, names: ReadonlySet<string>, referenceTo: Reference): string {
  const reference = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;
  let result = "";
  let done = 0;
  for (const match of text.matchAll(reference)) {
    const name = match[1] ?? match[2] ?? "";
    if (!names.has(name)) continue;
    result += `${literal(text.slice(done, match.index))}{{ ${referenceTo(name)} }}`;
    done = match.index + match[0].length;
  }
  return result + literal(text.slice(done));
}

/** What Jinja, or Ansible at a template's start, would take for its own is written as a text in a template. */
function literal(text: string): string {
  return text.replace(/\{[{%#]|\{$|#jinja2:/g, "{{ '$&' }}");
}
