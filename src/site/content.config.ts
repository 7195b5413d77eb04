import { defineCollection } from "astro:content";
import { docsSchema, i18nSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { goalIds } from "./data/goals.ts";
import { systems } from "./sections.ts";

export const collections = {
  docs: defineCollection({
    loader: glob({ base: "./content", pattern: "**/*.{md,mdx}" }),
    // The language's own code checks what stands under `runbook:`; its errors fail the build.
    schema: docsSchema({
      extend: z.object({
        runbook: z.looseObject({ id: z.string() }).optional(),
        // Under which heading of the how-to page a runbook stands.
        goal: z.enum(goalIds).optional(),
        // The systems that a page about an error is about, in any order.
        systems: z.array(z.enum(systems)).default([]),
      }),
    }),
  }),
  // Starlight warns where there is none.
  i18n: defineCollection({ loader: () => [{ id: "en" }], schema: i18nSchema() }),
};
