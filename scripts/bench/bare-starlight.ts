import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ToolsetId, toolsets } from "../../src/site/data/verbs/index.ts";
import { type VerbId, verbs } from "../../src/site/data/verbs/verb.ts";

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
export function makeBareSite(name: string, content: string): string {
  const folder = join(checkout, "test-results", name);
  rmSync(folder, { recursive: true, force: true });
  const docs = join(folder, "src/content/docs");
  mkdirSync(docs, { recursive: true });
  cpSync(content, docs, { recursive: true });
  for (const file of readdirSync(docs, { recursive: true, encoding: "utf8" })) {
    if (/\.mdx?$/.test(file)) writeFileSync(join(docs, file), plain(readFileSync(join(docs, file), "utf8")));
  }
  writeFileSync(join(docs, "index.md"), "---\ntitle: Notes\n---\n\nThe front page.\n");
  mkdirSync(join(docs, "verbs"));
  for (const [file, text] of verbPages()) writeFileSync(join(docs, "verbs", file), text);
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
    .replaceAll(/^<(?:Drawing|StepCommands) [^>]*\/>$/gm, "")
    .replaceAll(/^(\s*(?:`{3,}|~{3,})\w+) .*$/gm, "$1")
    .replace(/^runbook:\n(?:[ ].*\n|\n)*/m, "");
}

/** The pages of everyday commands, which this site renders from data, as pages written by hand. */
function verbPages(): [file: string, text: string][] {
  const sets = Object.keys(toolsets) as ToolsetId[];
  const ids = Object.keys(verbs) as VerbId[];
  const page = (title: string, of: readonly ToolsetId[]): string => {
    const sections = ids.map((id) => `## ${verbs[id].title}\n\n${verbs[id].says}\n\n${answers(id, of)}`);
    return `---\ntitle: ${title}\n---\n\n${sections.join("\n")}`;
  };
  return [
    ["index.md", page("The same verbs side by side", sets)],
    ...sets.map((set): [string, string] => [`${set}.md`, page(`The everyday verbs of ${toolsets[set].name}`, [set])]),
  ];
}

function answers(id: VerbId, sets: readonly ToolsetId[]): string {
  return sets
    .map((set) => {
      const { run, missing, note, source } = toolsets[set].answers[id];
      const pieces = [
        sets.length > 1 && `### ${toolsets[set].name}`,
        missing,
        run && `\`\`\`${toolsets[set].language}\n${run}\n\`\`\``,
        note,
        source && `[source](${source})`,
      ];
      return `${pieces.filter(Boolean).join("\n\n")}\n`;
    })
    .join("\n");
}
