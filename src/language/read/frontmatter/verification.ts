import type { YAMLMap } from "yaml";
import { didYouMean } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import type { ProvedValue, Verification } from "../../model/runbook.ts";
import { VERIFY_KEYS } from "../../model/vocabulary.ts";
import { loadYaml } from "../../parsers.ts";
import { type PlacedYaml, pairsOf, textOf } from "./yaml-node.ts";

/** Reads `verify:`. Whether its names are parameters and its values allowed is checked when all parameters are known. */
export function readVerification(node: unknown, yaml: PlacedYaml, complaints: Complaints): Verification | undefined {
  if (!loadYaml().isMap(node)) {
    complaints.add("bad-value", yaml.spanOf(node), "`verify` must be a map.", { hint: VALUES_HINT });
    return undefined;
  }
  const verification: Verification = { values: [] };
  for (const { key, keyNode, value } of pairsOf(node as YAMLMap)) {
    if (key === "values") verification.values = readSets(value, yaml, complaints);
    else {
      complaints.add("unknown-key", yaml.spanOf(keyNode), `\`verify:\` has no key \`${key}\`.`, {
        hint: didYouMean(key, VERIFY_KEYS, `Its keys are ${VERIFY_KEYS.join(", ")}.`),
      });
    }
  }
  return verification;
}

const VALUES_HINT = "Write `values: { NAME: value }`, or a list of such sets.";

/** One set is a map, several are a list of maps. */
function readSets(node: unknown, yaml: PlacedYaml, complaints: Complaints): ProvedValue[][] {
  const { isMap, isSeq } = loadYaml();
  const sets = isSeq(node) ? node.items : [node];
  return sets.flatMap((set) => {
    if (isMap(set) && set.items.length > 0) return [readSet(set, yaml, complaints)];
    complaints.add("bad-value", yaml.spanOf(set), "A set of values must be a map with at least one name.", {
      hint: VALUES_HINT,
    });
    return [];
  });
}

function readSet(set: YAMLMap, yaml: PlacedYaml, complaints: Complaints): ProvedValue[] {
  return pairsOf(set).flatMap(({ key: name, keyNode, value: node }) => {
    const value = textOf(node);
    if (value !== undefined) return [{ name, value, span: yaml.spanOf(keyNode) }];
    complaints.add("bad-value", yaml.spanOf(node ?? keyNode), `The value of ${name} must be text.`, {
      hint: 'An empty value is written `""`.',
    });
    return [];
  });
}
