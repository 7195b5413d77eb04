import type { Parameter, Runbook } from "../../../language/model/runbook.ts";
import { leastSecret } from "../../../language/values/check-value.ts";
import { toPythonExpression } from "./python-expression.ts";
import { verbatim } from "./yaml.ts";

type Given = ReadonlyMap<string, string>;

/** Each parameter once, in the order of the runbooks. */
export function parametersOf(runbooks: readonly Runbook[]): Parameter[] {
  return [...new Map(runbooks.flatMap(({ params }) => params.map((one) => [one.name, one] as const))).values()];
}

/** Parameters that the host itself works out, unless somebody gives them; not what is about the caller's own machine. */
export function isComputed({ name, default: fallback }: Parameter, given: Given): boolean {
  return typeof fallback === "object" && !fallback.local && !given.has(name);
}

/** The role's defaults: the page's, or what was given to the export. A secret's comes from the environment of the play. */
export function defaultsOf(parameters: readonly Parameter[], given: Given): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const { name, default: fallback, secret } of parameters) {
    const value = given.get(name) ?? (typeof fallback === "string" ? fallback : undefined);
    if (secret) defaults[name] = `{{ lookup('ansible.builtin.env', '${name}') }}`;
    else if (value !== undefined) defaults[name] = verbatim(value);
  }
  return defaults;
}

/** What each value must be, as data, so that no quoting of Jinja's comes between: the template of the values reads it. */
export function rulesOf(parameters: readonly Parameter[], given: Given): Record<string, unknown> {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, ruleOf(parameter, given)]));
}

function ruleOf(parameter: Parameter, given: Given): Record<string, unknown> {
  const { pattern, enum: choices, list, secret, multiline } = parameter;
  const translated = pattern === undefined ? undefined : toPythonExpression(pattern);
  return {
    ...(isComputed(parameter, given) && { computed: true }),
    ...(list && { list }),
    ...(multiline && { multiline }),
    ...(secret && { secret, least: leastSecret }),
    ...(translated && "expression" in translated && { pattern: verbatim(translated.expression) }),
    ...(choices && { choices: choices.map(verbatim) }),
  };
}

/** A default that no variable can have: a text with it is refused. */
const ABSENT = "'\\x00'";

/** What may be wrong with a value, in Jinja: a condition, and what to say behind the value's name. The first that holds counts. */
const FAULTS: readonly (readonly [condition: string, fault: string])[] = [
  ["value is not string", "' is no text: what looks like a number, or like yes, needs quotes.'"],
  ["not rule.multiline | default(false) and value is search('[\\n]')", "' is more than one line.'"],
  ["value is search('[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]')", "' holds control characters.'"],
  ["value | length < rule.least | default(0)", "' is shorter than ' ~ rule.least ~ ' characters.'"],
  ["words | reject('match', rule.pattern | default('')) | length > 0", "' does not match ' ~ rule.pattern"],
  [
    "rule.choices is defined and words | difference(rule.choices) | length > 0",
    "' is none of ' ~ rule.choices | join(', ')",
  ],
];

/**
 * A template for what hands the values to a session: words of its shell, and secrets as its environment. In place of a value that is
 * missing, or none that the page takes, it has `refuse` with the reason, so that nothing is begun. A task of its own for these checks
 * would cost as much as a step, on each host.
 */
export const handingOver = [
  "{% for name, rule in runbook_rules.items() %}",
  `{% set value = lookup('ansible.builtin.vars', name, default=${ABSENT}) %}`,
  "{% set words = value | string | regex_findall('[^ \\t\\n]+') if rule.list | default(false) else [value] %}",
  `{% if value == ${ABSENT} %}`,
  "{% if not rule.computed | default(false) %}",
  refusing("' is missing.'"),
  "{% endif %}",
  ...FAULTS.flatMap(([condition, fault]) => [`{% elif ${condition} %}`, refusing(fault)]),
  "{% else %}",
  `{{ 'export ' if rule.secret | default(false) else 'set -- "$@" ' }}{{ name }}={{ value | quote }}`,
  "{% endif %}",
  "{% endfor %}",
].join("\n");

function refusing(fault: string): string {
  return `refuse {{ (name ~ ${fault}) | quote }}`;
}
