import { existsSync, readFileSync } from "node:fs";
import type { Runbook } from "../../language/model/runbook.ts";
import { type NorunSection, norunSections } from "./norun-sections.ts";
import { type StepName, stepCommands } from "./step-commands.ts";

/** A page's section whose commands are never run, by the page's place in content/ and the anchor of its heading, as `folder/page#anchor`. */
export type SectionName = `${string}/${string}#${string}`;

/** Where commands stand: in a step that runs, or below a heading, in fences that are never run. */
export type CommandPlace = StepName | SectionName;

/** Commands as they are shown elsewhere than on their page. */
export interface Commands {
  text: string;
  language: string;
  /** Why they are never run; absent where they are those of steps. */
  notRun?: string;
}

/** The places that a page names, with blanks between them. */
export function namedPlaces(text: string): CommandPlace[] {
  return text.split(/\s+/).filter(Boolean) as CommandPlace[];
}

/** Whether a place is a section, and no step. */
export function isSection(place: CommandPlace): place is SectionName {
  return place.includes("#");
}

/** The commands that stand in these places, one place after the other. A place that is not there is an error that names it. */
export async function commandsOf(
  places: readonly CommandPlace[],
  runbooks: ReadonlyMap<string, Runbook>,
  content = "content",
): Promise<Commands> {
  const sections = places.filter(isSection);
  if (sections.length === 0) return { text: stepCommands(places, runbooks), language: "sh" };
  if (sections.length < places.length)
    throw new Error(
      `Commands are run or not as a whole, and these are of steps and of sections: ${places.join(", ")}.`,
    );
  const fences = (await Promise.all(sections.map((place) => sectionAt(place, content)))).flatMap((one) => one.fences);
  const languages = [...new Set(fences.map(({ language }) => language))];
  if (languages.length > 1) throw new Error(`${places.join(", ")}: one text can't be ${languages.join(" and ")}.`);
  return {
    text: fences.map(({ text }) => text.trimEnd()).join("\n"),
    language: languages[0] ?? "sh",
    notRun: [...new Set(fences.map(({ reason }) => reason ?? ""))].join("; "),
  };
}

/** The section that a name means, which has commands. */
export async function sectionAt(place: SectionName, content = "content"): Promise<NorunSection> {
  const [page, anchor = ""] = place.split("#");
  const file = [".md", ".mdx"].map((end) => `${content}/${page}${end}`).find(existsSync);
  if (!file) throw new Error(`There is no page ${content}/${page}.md, whose commands below #${anchor} are asked for.`);
  const section = (await sectionsOf(file)).get(anchor);
  if (!section) throw new Error(`${file} has no heading #${anchor}, below which commands are asked for.`);
  if (section.fences.length === 0)
    throw new Error(`${file} has no fence with \`norun\` below the heading #${anchor}, whose commands are asked for.`);
  return section;
}

const known = new Map<string, { text: string; sections: ReturnType<typeof norunSections> }>();

/** A page is parsed once, and again when its text changed while the site is written. */
function sectionsOf(file: string): ReturnType<typeof norunSections> {
  const text = readFileSync(file, "utf8");
  const kept = known.get(file);
  if (kept?.text === text) return kept.sections;
  const sections = norunSections(text, file);
  known.set(file, { text, sections });
  return sections;
}
