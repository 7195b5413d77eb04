import type { YAMLMap } from "yaml";
import { didYouMean } from "../../../words/nearest.ts";
import type { Complaints } from "../../model/complaints.ts";
import { ID } from "../../model/names.ts";
import type { Span } from "../../model/place.ts";
import type { Runbook } from "../../model/runbook.ts";
import { NEEDS, RUNBOOK_KEYS } from "../../model/vocabulary.ts";
import { loadYaml } from "../../parsers.ts";
import { readParameter } from "./parameter.ts";
import { readVerification } from "./verification.ts";
import { type PlacedYaml, pairsOf, textOf, titleOf } from "./yaml-node.ts";

/** What the frontmatter says of a runbook; its id is empty where the page gives none. */
export type Header = Pick<Runbook, "id" | "span" | "requires" | "needs" | "params" | "targets" | "verify">;

/** What a page's frontmatter says. */
export interface Frontmatter {
  title?: string;
  description?: string;
  header?: Header;
}

/** Of what is wrong with the YAML itself, most follows from the first. */
const MOST_SYNTAX_ERRORS = 5;

/** Reads a page's frontmatter; keys beside `runbook` belong to other tools. */
export function readHeader(yaml: PlacedYaml, complaints: Complaints): Frontmatter {
  const { isMap } = loadYaml();
  const { document, spanOf } = yaml;
  for (const error of document.errors.slice(0, MOST_SYNTAX_ERRORS)) {
    const [start, end] = error.pos;
    const span = spanOf({ range: [start, end, end] });
    complaints.add("yaml-syntax", span, sentence(error.message), { hint: "Quote texts with special characters." });
  }
  const root = document.contents;
  if (!isMap(root)) return {};
  const frontmatter: Frontmatter = {};
  for (const { key, keyNode, value } of pairsOf(root as YAMLMap)) {
    const text = titleOf(value);
    if (key === "title" && text !== undefined) frontmatter.title = text;
    if (key === "description" && text !== undefined) frontmatter.description = text;
    if (key !== "runbook") continue;
    frontmatter.header = emptyHeader(spanOf(keyNode));
    if (isMap(value)) readKeys(frontmatter.header, value as YAMLMap, yaml, complaints);
    else {
      complaints.add("bad-value", spanOf(keyNode), "`runbook:` must be a map of keys.", {
        hint: "Write `id:` below it.",
      });
    }
  }
  return frontmatter;
}

function emptyHeader(span: Span): Header {
  return { id: "", span, requires: [], needs: [], params: [], targets: [] };
}

function readKeys(header: Header, map: YAMLMap, yaml: PlacedYaml, complaints: Complaints): void {
  for (const { key, keyNode, value } of pairsOf(map)) {
    const read = READERS.get(key);
    if (read) read(header, value, yaml, complaints);
    else {
      complaints.add("unknown-key", yaml.spanOf(keyNode), `\`runbook:\` has no key \`${key}\`.`, {
        hint: didYouMean(key, RUNBOOK_KEYS, `Its keys are ${RUNBOOK_KEYS.join(", ")}.`),
      });
    }
  }
  if (!map.has("id")) {
    complaints.add("missing-id", header.span, "The runbook has no id.", {
      hint: "Write `id: some-name` below `runbook:`.",
    });
  }
}

type Reader = (header: Header, value: unknown, yaml: PlacedYaml, complaints: Complaints) => void;

const readers: Readonly<Record<(typeof RUNBOOK_KEYS)[number], Reader>> = {
  id(header, value, yaml, complaints) {
    header.id = readId(value, yaml, complaints) ?? "";
  },
  requires(header, value, yaml, complaints) {
    for (const item of itemsOf("requires", value, yaml, complaints)) {
      const id = readId(item, yaml, complaints);
      if (id !== undefined) header.requires.push({ id, span: yaml.spanOf(item) });
    }
  },
  needs(header, value, yaml, complaints) {
    for (const item of itemsOf("needs", value, yaml, complaints)) {
      const word = textOf(item) ?? "";
      const need = NEEDS.find((known) => known === word);
      if (need) header.needs.push(need);
      else {
        complaints.add("bad-value", yaml.spanOf(item), `No host is known to offer ${JSON.stringify(word)}.`, {
          hint: didYouMean(word, NEEDS, `It is one of ${NEEDS.join(", ")}.`),
        });
      }
    }
  },
  params(header, value, yaml, complaints) {
    for (const { key, keyNode, value: keys } of entriesOf("params", value, yaml, complaints)) {
      const parameter = readParameter(key, keyNode, keys, yaml, complaints);
      if (parameter) header.params.push(parameter);
    }
  },
  targets(header, value, yaml, complaints) {
    for (const { key, keyNode, value: command } of entriesOf("targets", value, yaml, complaints)) {
      const text = textOf(command);
      const name = readId(key, yaml, complaints, keyNode);
      if (name === "host") {
        complaints.add("bad-value", yaml.spanOf(keyNode), "`host` is the machine itself and can't be declared.", {
          hint: "Take another name.",
        });
      } else if (!text?.trim() || text.includes("\n")) {
        complaints.add(
          "bad-value",
          yaml.spanOf(command ?? keyNode),
          `The target ${key} must be a command on one line.`,
          {
            hint: 'It is put before a shell\'s name, such as `lxc-attach --name "$CONTAINER" --`.',
          },
        );
      } else if (name !== undefined) header.targets.push({ name, command: text, span: yaml.spanOf(keyNode) });
    }
  },
  verify(header, value, yaml, complaints) {
    const verification = readVerification(value, yaml, complaints);
    if (verification) header.verify = verification;
  },
};

// A map, since an object would know `constructor` and `__proto__` too.
const READERS: ReadonlyMap<string, Reader> = new Map(Object.entries(readers));

function readId(node: unknown, yaml: PlacedYaml, complaints: Complaints, placed = node): string | undefined {
  const id = textOf(node);
  if (id !== undefined && ID.test(id)) return id;
  complaints.add("bad-id", yaml.spanOf(placed), `${JSON.stringify(id ?? "")} is no id.`, {
    hint: "An id has at most 63 lower-case letters, digits and hyphens, and no hyphen at its ends.",
  });
  return undefined;
}

function itemsOf(key: string, node: unknown, yaml: PlacedYaml, complaints: Complaints): unknown[] {
  if (loadYaml().isSeq(node)) return node.items;
  complaints.add("bad-value", yaml.spanOf(node), `\`${key}\` must be a list.`, {
    hint: `Write \`${key}: [one, another]\`.`,
  });
  return [];
}

function entriesOf(key: string, node: unknown, yaml: PlacedYaml, complaints: Complaints): ReturnType<typeof pairsOf> {
  if (loadYaml().isMap(node)) return pairsOf(node as YAMLMap);
  complaints.add("bad-value", yaml.spanOf(node), `\`${key}\` must be a map.`, {
    hint: `Write \`${key}: {}\` or leave it out.`,
  });
  return [];
}

function sentence(message: string): string {
  const first = message.split("\n")[0] ?? message;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
