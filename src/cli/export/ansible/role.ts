import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../checkout.ts";
import { shellText } from "../../../engine/shell/supervision.ts";
import type { Runbook } from "../../../language/model/runbook.ts";
import { quoteShell } from "../../../language/shell/quote.ts";
import { cleanTitle } from "../../../terminal/clean.ts";
import { computingLines, fileLibrary, namesOf, parameterLines, runtime, targetLines } from "../script.ts";
import { madeBy } from "./made-by.ts";
import { readmeOf } from "./readme.ts";
import type { RoleFile } from "./role-file.ts";
import { type Exported, runbookTasks, undoTasks } from "./tasks.ts";
import { defaultsOf, handingOver, parametersOf, rulesOf } from "./values.ts";
import { yamlFile } from "./yaml.ts";

/** The files of a role and its two playbooks, by their paths. */
export function exportAnsible(runbooks: readonly Runbook[], given: ReadonlyMap<string, string>): RoleFile[] {
  const own = runbooks.at(-1) as Runbook;
  const role = roleName(own);
  const parameters = parametersOf(runbooks);
  const exported: Exported = {
    id: own.id,
    module: `${role}_step`,
    names: namesOf(runbooks),
  };
  const secret = parameters.some((one) => one.secret);
  const yaml = (path: string, about: string, content: unknown): RoleFile => ({
    path,
    text: yamlFile(`${madeBy(own.id)}\n${about}`, content),
  });
  const inRole = (path: string): string => `roles/${role}/${path}`;
  const hidden = secret ? { no_log: "{{ runbook_no_log }}" } : {};
  return [
    { path: inRole("README.md"), text: readmeOf(role, runbooks, parameters, given) },
    { path: inRole("files/begin.bash"), text: ownText("begin.bash") },
    { path: inRole("files/ask.bash"), text: ownText("ask.bash") },
    { path: inRole("files/session.bash"), text: sessionText(runbooks, given) },
    {
      path: inRole(`library/${exported.module}.py`),
      text: `#!/usr/bin/python3\n# ${madeBy(own.id)}\n${ownText("step.py")}`,
    },
    yaml(inRole("meta/main.yml"), "Required runbooks are part of this role.", {
      galaxy_info: {
        role_name: role,
        description: cleanTitle(own.description ?? own.title),
        min_ansible_version: "2.14",
      },
      dependencies: [],
    }),
    yaml(inRole("defaults/main.yml"), "Values, and how to run.", {
      ...defaultsOf(parameters, given),
      runbook_yes: false,
      runbook_takeover: false,
      runbook_idle: 7200,
      ...(secret ? { runbook_no_log: true } : {}),
    }),
    yaml(inRole("vars/main.yml"), "What the tasks make of a session's answers.", {
      ...varsOf(),
      runbook_rules: rulesOf(parameters, given),
      runbook_values: handingOver,
    }),
    yaml(inRole("tasks/begin.yml"), "Begins a session on each host, with the values, which are checked first.", [
      { ...beginTask, ...hidden },
    ]),
    yaml(inRole("tasks/end.yml"), "Ends the session; where a step failed, it has ended.", [endTask]),
    yaml(inRole("tasks/main.yml"), `${own.id} and what it requires, in order.`, [
      bracket("run"),
      {
        name: "Steps",
        check_mode: false,
        ...hidden,
        block: runbooks.map(({ id, title }) => ({
          name: `${id}: ${cleanTitle(title)}`,
          "ansible.builtin.import_tasks": `${id}.yml`,
        })),
        always: [{ name: "End", tags: "always", "ansible.builtin.import_tasks": "end.yml" }],
      },
    ]),
    yaml(inRole("tasks/undo.yml"), "Takes away what this role did on a host, the last step first.", [
      bracket("undo"),
      {
        name: "Undo",
        check_mode: false,
        ...hidden,
        block: undoTasks(runbooks, exported),
        always: [{ name: "End", tags: "always", "ansible.builtin.import_tasks": "end.yml" }],
      },
    ]),
    ...runbooks.map((runbook) =>
      yaml(
        inRole(`tasks/${runbook.id}.yml`),
        `${runbook.file}: ${cleanTitle(runbook.title)}`,
        runbookTasks(runbook, exported),
      ),
    ),
    yaml(`${own.id}.yml`, cleanTitle(own.title), [playOf(own.id, runbooks, { roles: [{ role }] })]),
    yaml(`${own.id}-undo.yml`, `The way back from ${own.id}.yml, with the same values.`, [
      playOf(`${own.id}, undone`, runbooks, {
        tasks: [
          {
            name: "Undo",
            "ansible.builtin.import_role": { name: role, tasks_from: "undo" },
          },
        ],
      }),
    ]),
  ];
}

/** The role's name; dashes are none of Ansible's. */
function roleName({ id }: Runbook): string {
  return id.replaceAll("-", "_");
}

function ownText(name: string): string {
  return readFileSync(join(checkout, "src/cli/export/ansible/scripts", name), "utf8");
}

/** What runs on a host while a play goes on: the exported script's own text, asked step by step. */
function sessionText(runbooks: readonly Runbook[], given: ReadonlyMap<string, string>): string {
  const id = runbooks.at(-1)?.id ?? "";
  const root = runbooks.some(({ needs }) => needs.includes("root"));
  return [
    `# ${madeBy(id)}`,
    "",
    ...["values.bash", "shells.bash", "steps.bash", "undo.bash"].map(runtime),
    ...fileLibrary(),
    shellText("lock.sh"),
    ownText("session.bash"),
    ...parametersOf(runbooks).flatMap((parameter) => parameterLines(parameter, given)),
    ...targetLines(runbooks),
    ...computingLines(runbooks, given),
    `attend "$1" "$2" "$3" ${id} ${root ? "1" : quoteShell("")} "\${@:4}"`,
    "",
  ].join("\n");
}

function varsOf(): Record<string, string> {
  const answer = (name: string): string => `(${name}.stdout_lines | default(['{}'], true) | last | from_json)`;
  return {
    runbook_session: `{{ ${answer("runbook_begun")}.facts.session }}`,
    runbook_did: `{{ ${answer("runbook_begun")}.facts.did | default('') }}`,
  };
}

const beginTask = {
  name: "Begin",
  "ansible.builtin.command": {
    argv: [
      "bash",
      "-c",
      "{{ lookup('ansible.builtin.file', 'begin.bash') }}",
      "begin",
      "{{ runbook_idle | string }}",
      "{{ ansible_check_mode | bool | string }}",
      "{{ runbook_takeover | bool | string }}",
      "{{ runbook_yes | bool | string }}",
      "{{ runbook_verb }}",
    ],
    stdin:
      "{{ [lookup('ansible.builtin.file', 'ask.bash'), lookup('ansible.builtin.file', 'session.bash'), runbook_values]" +
      " | map('b64encode') | join('\n') }}",
  },
  register: "runbook_begun",
  changed_when: false,
  // Where a play says `check_mode`, and not the command line, there is no session, and so nothing is done.
  check_mode: "{{ ansible_check_mode | ternary(false, omit) }}",
};

const endTask = {
  name: "End",
  "ansible.builtin.command": { argv: "{{ ['bash', runbook_session + '/ask', 'end'] }}" },
  when: "runbook_begun is succeeded and runbook_begun is not skipped",
  changed_when: false,
  failed_when: false,
};

function bracket(verb: "run" | "undo"): Record<string, unknown> {
  return {
    name: "Begin",
    tags: "always",
    "ansible.builtin.import_tasks": "begin.yml",
    vars: { runbook_verb: verb },
  };
}

function playOf(name: string, runbooks: readonly Runbook[], rest: Record<string, unknown>): Record<string, unknown> {
  const root = runbooks.some(({ needs }) => needs.includes("root"));
  return {
    name,
    hosts: "{{ runbook_hosts | default('all') }}",
    serial: "{{ runbook_serial | default('100%') }}",
    gather_facts: false,
    ...(root ? { become: true } : {}),
    // One connection a task instead of four.
    vars: { ansible_pipelining: true },
    ...rest,
  };
}
