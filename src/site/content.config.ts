import { defineCollection } from "astro:content";
import { docsSchema, i18nSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { parsedPages } from "./build/parsed/parsed-pages.ts";
import { goalIds } from "./data/goals.ts";
import { systems } from "./sections.ts";

const files = glob({ base: "./content", pattern: "**/*.{md,mdx}" });
/** The files' loader, which renders no page of Markdown before the check's thread has parsed it. */
const pages: typeof files = {
  ...files,
  load: (context) =>
    files.load({
      ...context,
      parseData: async (entry) => {
        if (entry.filePath?.endsWith(".md")) await parsedPages()?.read(entry.filePath);
        return await context.parseData(entry);
      },
    }),
};

// Made once: Astro asks a function for it anew for each page, which takes longer than the page's check by it. What Astro gives such a
// function for pictures belongs to one page, so this schema takes none: pages show theirs by components.
// The language's own code checks what stands under `runbook:`; its errors fail the build.
const pageSchema = docsSchema({
  extend: z.object({
    runbook: z.looseObject({ id: z.string() }).optional(),
    // Under which heading of the how-to page a runbook stands.
    goal: z.enum(goalIds).optional(),
    // The systems that a page about an error is about, in any order.
    systems: z.array(z.enum(systems)).default([]),
  }),
})({ image: () => z.never() as never });

export const collections = {
  docs: defineCollection({
    loader: pages,
    schema: pageSchema,
  }),
  // Starlight warns where there is none.
  i18n: defineCollection({ loader: () => [{ id: "en" }], schema: i18nSchema() }),
};
