import type { YAMLMap } from "yaml";
import type { Complaints } from "../../model/complaints.ts";
import type { ProvedValue, Runbook } from "../../model/runbook.ts";
import { loadYaml } from "../../parsers.ts";
import { parameterOf } from "./parameter.ts";
import { type Entry, type Placed, type PlacedBy, readPlaced } from "./placed.ts";
import { runbookSchema } from "./schema.ts";
import { type PlacedYaml, pairsOf, titleOf } from "./yaml-node.ts";

/** What the frontmatter says of a runbook; its id is empty where the page gives none. */
export type Header = Pick<Runbook, "id" | "span" | "requires" | "needs" | "params" | "targets" | "verify">;

/** What a page's frontmatter says. */
export interface Frontmatter {
  title?: string;
  description?: string;
  header?: Header;
}

/** The most syntax errors that are shown: later ones mostly follow from the first. */
const MOST_SYNTAX_ERRORS = 5;

/** Reads a page's frontmatter; keys beside `runbook` belong to other tools. */
export function readHeader(yaml: PlacedYaml, complaints: Complaints): Frontmatter {
  const { document, spanOf } = yaml;
  for (const error of document.errors.slice(0, MOST_SYNTAX_ERRORS)) {
    const [start, end] = error.pos;
    const span = spanOf({ range: [start, end, end] });
    complaints.add("yaml-syntax", span, sentence(error.message), { hint: "Quote texts with special characters." });
  }
  const root = document.contents;
  if (!loadYaml().isMap(root)) return {};
  const frontmatter: Frontmatter = {};
  for (const { key, keyNode, value } of pairsOf(root as YAMLMap)) {
    const text = titleOf(value);
    if (key === "title" && text !== undefined) frontmatter.title = text;
    if (key === "description" && text !== undefined) frontmatter.description = text;
    if (key !== "runbook") continue;
    const read = readPlaced(runbookSchema, { node: value, name: "`runbook:`", keyNode }, yaml, complaints);
    frontmatter.header = { ...headerOf(read ?? {}, complaints), span: spanOf(keyNode) };
  }
  return frontmatter;
}

function headerOf(read: PlacedBy<typeof runbookSchema>, complaints: Complaints): Omit<Header, "span"> {
  const { id, requires = [], needs = [], params = [], targets = [], verify } = read;
  return {
    id: id?.value ?? "",
    requires: requires.map(({ value, span }) => ({ id: value, span })),
    needs: needs.map(({ value }) => value),
    params: params.map((entry) => parameterOf(entry, complaints)),
    targets: targets.map(({ name, value, span }) => ({ name, command: value.value, span })),
    ...(verify && {
      verify: {
        values: setsOf(verify.values ?? []),
        ...(verify.transient && { transient: verify.transient.value }),
      },
    }),
  };
}

type ReadSet = Entry<Placed<string>>[];

/** One set is a map, several are a list of maps. */
function setsOf(read: ReadSet | ReadSet[]): ProvedValue[][] {
  const sets = read.every(Array.isArray) ? (read as ReadSet[]) : [read as ReadSet];
  return sets.map((set) => set.map(({ name, value, span }) => ({ name, value: value.value, span })));
}

function sentence(message: string): string {
  const first = message.split("\n")[0] ?? message;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
