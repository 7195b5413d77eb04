import type { YAMLMap } from "yaml";
import { didYouMean } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import { isReserved, NAME } from "../../model/names.ts";
import type { Span } from "../../model/place.ts";
import type { ComputedDefault, Parameter } from "../../model/runbook.ts";
import { PARAMETER_KEYS } from "../../model/vocabulary.ts";
import { loadYaml } from "../../parsers.ts";
import { checkValue } from "../../values/check-value.ts";
import { wholePattern } from "../../values/rules.ts";
import { type PlacedYaml, pairsOf, textOf } from "./yaml-node.ts";

/** Reads one entry of `params:`; undefined where its name can't be one. */
export function readParameter(
  name: string,
  keyNode: unknown,
  value: unknown,
  yaml: PlacedYaml,
  complaints: Complaints,
): Parameter | undefined {
  const span = yaml.spanOf(keyNode);
  if (!checkVariableName(name, span, complaints)) return undefined;
  const parameter: Parameter = { name, list: false, secret: false, multiline: false, span };
  const { isMap, isScalar } = loadYaml();
  if (isMap(value)) readKeys(parameter, value, yaml, complaints);
  else if (!(value === null || (isScalar(value) && value.value === null))) {
    complaints.add("bad-value", yaml.spanOf(value), `The parameter ${name} must be a map of keys.`, {
      hint: `Write \`${name}: { default: … }\`, or \`${name}: {}\` for a required one.`,
    });
  }
  return parameter;
}

/** Complains of a name that no variable of a page may have. */
export function checkVariableName(name: string, span: Span, complaints: Complaints): boolean {
  if (!NAME.test(name)) {
    complaints.add("bad-name", span, `${JSON.stringify(name)} is no name of a variable.`, {
      hint: "A name has letters, digits and _, and no digit first.",
    });
    return false;
  }
  if (isReserved(name)) {
    complaints.add("reserved-name", span, `${name} steers the shell, a loader or the runner, so no page may set it.`, {
      hint: "Take another name.",
    });
    return false;
  }
  return true;
}

function readKeys(parameter: Parameter, map: YAMLMap, yaml: PlacedYaml, complaints: Complaints): void {
  for (const { key, keyNode, value } of pairsOf(map)) {
    const wrong = (message: string, hint?: string): void => {
      complaints.add("bad-value", yaml.spanOf(value ?? keyNode), message, { hint });
    };
    if (key === "list" || key === "secret" || key === "multiline") {
      const truth = textOf(value);
      if (truth === "true" || truth === "false") parameter[key] = truth === "true";
      else wrong(`\`${key}\` must be true or false.`);
    } else if (key === "description") {
      const text = textOf(value);
      if (text === undefined) wrong("`description` must be text.");
      else parameter.description = text;
    } else if (key === "pattern") {
      const text = textOf(value);
      if (text === undefined) wrong("`pattern` must be text.");
      else if (!wholePattern(text)) {
        complaints.add("bad-pattern", yaml.spanOf(value), `${JSON.stringify(text)} is no regular expression.`, {
          hint: "It is read as JavaScript's, with its u flag: escape only what needs it.",
        });
      } else parameter.pattern = text;
    } else if (key === "enum") {
      const choices = textsOf(value);
      if (!choices?.length) wrong("`enum` must be a list of texts.", "Write `enum: [amd64, arm64]`.");
      else parameter.enum = choices;
    } else if (key === "default") {
      const read = readDefault(value);
      if (read === undefined)
        wrong("`default` must be text, or a map of `command` and `example` (and `local`).", DEFAULT_HINT);
      else parameter.default = read;
    } else {
      complaints.add("unknown-key", yaml.spanOf(keyNode), `A parameter has no key \`${key}\`.`, {
        hint: didYouMean(key, PARAMETER_KEYS, `Its keys are ${PARAMETER_KEYS.join(", ")}.`),
      });
    }
  }
  checkDefault(parameter, map, yaml, complaints);
}

const DEFAULT_HINT = 'Leave `default` out for a required parameter; `default: ""` is an empty value.';

function readDefault(node: unknown): string | ComputedDefault | undefined {
  const { isMap } = loadYaml();
  if (!isMap(node)) return textOf(node);
  const pairs = pairsOf(node);
  const [command, example] = ["command", "example"].map((key) => textOf(node.get(key, true)));
  const local = node.get("local");
  if (local !== undefined && typeof local !== "boolean") return undefined;
  if (pairs.length !== (local === undefined ? 2 : 3) || !command?.trim() || example === undefined) return undefined;
  return { command, example, ...(local ? { local } : {}) };
}

// Only when all keys are read: a pattern may stand below its default.
function checkDefault(parameter: Parameter, map: YAMLMap, yaml: PlacedYaml, complaints: Complaints): void {
  const { default: value, secret } = parameter;
  if (value === undefined) return;
  const node = map.get("default", true);
  if (secret) {
    complaints.add("bad-default", yaml.spanOf(node), `The secret ${parameter.name} must have no default.`, {
      hint: "A page is no place for a secret: leave the default out.",
    });
    return;
  }
  const computed = typeof value !== "string";
  const problem = checkValue(parameter, computed ? value.example : value);
  if (problem === undefined) return;
  complaints.add(
    "bad-default",
    yaml.spanOf(node),
    `The ${computed ? "example" : "default"} breaks its own rule: ${problem}`,
    {
      hint: "Change the value, or the rule.",
    },
  );
}

function textsOf(node: unknown): string[] | undefined {
  const { isSeq } = loadYaml();
  if (!isSeq(node)) return undefined;
  const texts = node.items.map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
