import type { Parameter, Runbook } from "../../../language/model/runbook.ts";
import { cleanTitle } from "../../../terminal/clean.ts";
import { madeBy } from "./made-by.ts";

/** The role's own page: how to run it, its values, its steps. */
export function readmeOf(
  role: string,
  runbooks: readonly Runbook[],
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, string>,
): string {
  const own = runbooks.at(-1) as Runbook;
  return [
    `# ${role}`,
    "",
    `${madeBy(own.id)} ${cleanTitle(own.title)}.`,
    "",
    "```sh",
    `ansible-playbook -i INVENTORY ${own.id}.yml --check --diff     # asks guards, changes nothing`,
    `ansible-playbook -i INVENTORY ${own.id}.yml -e runbook_serial=10`,
    `ansible-playbook -i INVENTORY ${own.id}.yml --tags ${own.steps[0]?.id ?? own.id}`,
    `ansible-playbook -i INVENTORY ${own.id}-undo.yml`,
    "```",
    "",
    "A step whose guard holds is `ok`, a step that ran is `changed`. The host keeps a list of what this role did there,",
    "below the runner's state folder; the second playbook takes that away, with the same values.",
    "",
    "| value | default | |",
    "|---|---|---|",
    ...parameters.map((one) => `| \`${one.name}\` | ${cell(defaultOf(one, given))} | ${cell(about(one))} |`),
    "| `runbook_yes` | `false` | `true` lets dangerous steps run |",
    "| `runbook_takeover` | `false` | `true` ends what a play left that was cut off |",
    "| `runbook_idle` | `7200` | seconds after which a session without a play ends |",
    "",
    "| step | |",
    "|---|---|",
    ...runbooks.flatMap(({ id, steps }) =>
      steps.map((step) => `| \`${id}/${step.id}\` | ${cell([step.title, step.danger, stays(step.keeps)])} |`),
    ),
    "",
  ].join("\n");
}

function defaultOf({ name, default: fallback, secret }: Parameter, given: ReadonlyMap<string, string>): string[] {
  if (secret) return [`environment variable \`${name}\` of the play`];
  const value = given.get(name) ?? fallback;
  if (value === undefined || (typeof value === "object" && value.local)) return ["required"];
  return [typeof value === "string" ? `\`${value}\`` : `worked out on the host, such as \`${value.example}\``];
}

function about({ description, pattern, enum: choices }: Parameter): (string | undefined)[] {
  return [description, pattern && `\`${pattern}\``, choices?.map((one) => `\`${one}\``).join(", ")];
}

function stays(keeps: string | undefined): string | undefined {
  return keeps === undefined ? undefined : `Undo leaves it: ${keeps}`;
}

function cell(texts: readonly (string | undefined)[]): string {
  return cleanTitle(texts.filter(Boolean).join("; ")).replaceAll("|", "\\|");
}
