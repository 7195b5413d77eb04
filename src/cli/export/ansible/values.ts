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

/** The patterns, as Python reads them; beside variables, so that no quoting of Jinja's comes between. */
export function patternsOf(parameters: readonly Parameter[]): Record<string, unknown> {
  const patterns: Record<string, unknown> = {};
  for (const { name, pattern } of parameters) {
    const translated = pattern === undefined ? undefined : toPythonExpression(pattern);
    if (translated && "expression" in translated) patterns[name] = verbatim(translated.expression);
  }
  return patterns;
}

/** What must hold of the values before anything is done. */
export function assertionsOf(parameters: readonly Parameter[], given: Given): string[] {
  return parameters.flatMap((parameter) => {
    const { name, pattern, enum: choices, list, secret, multiline } = parameter;
    const words = list ? `${name} | regex_findall('[^ \\t\\n]+')` : `[${name}]`;
    const rules = [
      `${name} is string`,
      `${name} is not search(runbook_control_${multiline ? "lines" : "line"})`,
      ...(secret ? [`${name} | length >= ${leastSecret}`] : []),
      ...(pattern === undefined ? [] : [`${words} | reject('match', runbook_patterns.${name}) | length == 0`]),
      ...(choices ? [`${words} | difference([${choices.map(quoted).join(", ")}]) | length == 0`] : []),
    ];
    if (isComputed(parameter, given)) return rules.map((rule) => `${name} is undefined or ${rule}`);
    return [`${name} is defined`, ...rules];
  });
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** A template for what hands the values to a session: words of its shell, and secrets as its environment. */
export function handingOver(parameters: readonly Parameter[], given: Given): string {
  const lines = parameters.map((parameter) => {
    const { name, secret } = parameter;
    const line = secret ? `export ${name}={{ ${name} | quote }}` : `set -- "$@" ${name}={{ ${name} | quote }}`;
    return isComputed(parameter, given) ? `{% if ${name} is defined %}${line}\n{% endif %}` : `${line}\n`;
  });
  return lines.join("");
}
