import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Runbook } from "../../src/language/model/runbook.ts";
import { loadLibrary } from "../../src/library/library.ts";
import { type ToolsetId, toolsets } from "../../src/site/data/verbs/index.ts";
import { type VerbId, verbs } from "../../src/site/data/verbs/verb.ts";
import { markdownOf } from "../../src/site/markdown/markdown-of.ts";
import { commandsOf, namedPlaces } from "../../src/site/runbook/commands.ts";

const checkout = join(import.meta.dirname, "../..");

const config = `import { unified } from "@astrojs/markdown-remark";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
export default defineConfig({
  cacheDir: "./.cache/astro",
  markdown: { processor: unified() },
  integrations: [{ name: "@astrojs/sitemap", hooks: {} }, starlight({ title: "Notes", sidebar: SIDEBAR })],
});
`;

const collections = `import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`;

/** Makes a site with Starlight's defaults from the same pages with plain fences. Returns its folder, which is in the checkout. */
export async function makeBareSite(name: string, content: string): Promise<string> {
  const folder = join(checkout, "test-results", name);
  rmSync(folder, { recursive: true, force: true });
  const docs = join(folder, "src/content/docs");
  mkdirSync(docs, { recursive: true });
  cpSync(content, docs, { recursive: true });
  const { runbooks } = await loadLibrary(join(checkout, "content"));
  for (const file of readdirSync(docs, { recursive: true, encoding: "utf8" })) {
    if (!/\.mdx?$/.test(file)) continue;
    // The commands of other pages stand in these as fences: a bare site has to colour them, too.
    const text = await markdownOf(readFileSync(join(docs, file), "utf8"), (places) =>
      commandsOf(namedPlaces(places), runbooks),
    );
    writeFileSync(join(docs, file), plain(text));
  }
  writeFileSync(join(docs, "index.md"), "---\ntitle: Notes\n---\n\nThe front page.\n");
  mkdirSync(join(docs, "verbs"));
  for (const [file, text] of await verbPages(runbooks)) writeFileSync(join(docs, "verbs", file), text);
  const folders = readdirSync(docs, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const sidebar = folders.map((entry) => ({ label: entry.name, items: [{ autogenerate: { directory: entry.name } }] }));
  writeFileSync(join(folder, "astro.config.mjs"), config.replace("SIDEBAR", JSON.stringify(sidebar)));
  writeFileSync(join(folder, "src/content.config.ts"), collections);
  for (const file of ["package.json", "tsconfig.json"]) cpSync(join(checkout, file), join(folder, file));
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** A page without the parts that only this site understands: components, and the roles of fences. */
function plain(text: string): string {
  return text
    .replaceAll(/^<Drawing [^>]*\/>$/gm, "")
    .replaceAll(/^(\s*(?:`{3,}|~{3,})\w+) .*$/gm, "$1")
    .replace(/^runbook:\n(?:[ ].*\n|\n)*/m, "");
}

/** The pages of everyday commands, which this site draws from other pages, as pages written by hand. */
async function verbPages(runbooks: ReadonlyMap<string, Runbook>): Promise<[file: string, text: string][]> {
  const sets = Object.keys(toolsets) as ToolsetId[];
  const ids = Object.keys(verbs) as VerbId[];
  const page = async (title: string, of: readonly ToolsetId[]): Promise<string> => {
    const sections = ids.map(
      async (id) => `## ${verbs[id].title}\n\n${verbs[id].says}\n\n${await answers(id, of, runbooks)}`,
    );
    return `---\ntitle: ${title}\n---\n\n${(await Promise.all(sections)).join("\n")}`;
  };
  return await Promise.all([
    page("The same verbs side by side", sets).then((text): [string, string] => ["index.md", text]),
    ...sets.map(
      async (set): Promise<[string, string]> => [
        `${set}.md`,
        await page(`The everyday verbs of ${toolsets[set].name}`, [set]),
      ],
    ),
  ]);
}

async function answers(
  id: VerbId,
  sets: readonly ToolsetId[],
  runbooks: ReadonlyMap<string, Runbook>,
): Promise<string> {
  const shown = sets.map(async (set) => {
    const { from, missing, note, source } = toolsets[set].answers[id];
    const { text, language } = await commandsOf(from, runbooks);
    const pieces = [
      sets.length > 1 && `### ${toolsets[set].name}`,
      missing,
      `\`\`\`${language}\n${text}\n\`\`\``,
      note,
      source && `[source](${source})`,
    ];
    return `${pieces.filter(Boolean).join("\n\n")}\n`;
  });
  return (await Promise.all(shown)).join("\n");
}
