import { unified } from "@astrojs/markdown-remark";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { buildOnly } from "./src/site/build/build-only.ts";
import { checkContent } from "./src/site/build/check-content.ts";
import { finishPages } from "./src/site/build/finish-pages.ts";
import { outsideBundle } from "./src/site/build/outside-bundle.ts";
import { ownScripts } from "./src/site/build/own-scripts.ts";
import { pagePictures } from "./src/site/build/page-pictures.ts";
import { securityPolicy } from "./src/site/build/security-policy.ts";
import { themeWithoutScripts } from "./src/site/build/theme-without-scripts.ts";
import { remarkWholeCode } from "./src/site/markdown/code/whole-code.ts";
import { remarkGlossaryLinks } from "./src/site/markdown/links/glossary-links.ts";
import { remarkPageLinks } from "./src/site/markdown/links/page-links.ts";
import { remarkVerbLinks } from "./src/site/markdown/links/verb-links.ts";
import { remarkPageComponents } from "./src/site/markdown/page-components.ts";
import { remarkParsedPage } from "./src/site/markdown/parsed-page.ts";
import { rawWhereNeeded } from "./src/site/markdown/raw-where-needed.ts";
import { remarkStepCards } from "./src/site/markdown/step-cards.ts";
import { remarkTables } from "./src/site/markdown/tables.ts";
import { sidebarOf } from "./src/site/sections.ts";

const base = process.env.BASE_PATH ?? "/";
const { REPOSITORY_URL: repository, REPOSITORY_BRANCH: branch = "main" } = process.env;
const edit = repository && `${repository.replace(/\/$/, "")}/edit/${branch}/`;
const pageLinks = { content: `${import.meta.dirname}/content`, base };
const parts = `${import.meta.dirname}/src/site/components`;
const components = {
  Drawing: `${parts}/drawing/Drawing.astro`,
  StepCommands: `${parts}/runbook/StepCommands.astro`,
};
const remarkPlugins = [
  remarkParsedPage,
  remarkStepCards,
  remarkTables,
  [remarkPageLinks, pageLinks],
  [remarkGlossaryLinks, pageLinks],
  [remarkVerbLinks, { base }],
  remarkWholeCode,
  [remarkPageComponents, components],
  rawWhereNeeded,
];

export default defineConfig({
  ...(process.env.SITE_URL ? { site: process.env.SITE_URL } : {}),
  base,
  srcDir: "./src/site",
  publicDir: "./src/site/public",
  cacheDir: "./.cache/astro",
  trailingSlash: "always",
  // The default takes the space between words away where a line of a component ends.
  compressHTML: true,
  // Astro's default processor knows no remark plugins. Ours come before Starlight's, and see raw fences.
  markdown: { processor: unified({ remarkPlugins }) },
  integrations: [
    checkContent("content"),
    buildOnly(),
    // Starlight brings its sitemap unless there is one; that one warns where the site's address is unknown.
    ...(process.env.SITE_URL ? [] : [{ name: "@astrojs/sitemap", hooks: {} }]),
    starlight({
      title: "Virtualization Service Notes",
      description: "Notes on virtualization whose procedures run",
      // Without this, asides in a folder outside srcDir silently stay plain text.
      markdown: { processedDirs: ["./content/"] },
      sidebar: sidebarOf(`${import.meta.dirname}/content`),
      customCss: ["theme", "base", "frame", "parts/drawing", "parts/code", "parts/terms", "search", "print"].map(
        (name) => `./src/site/styles/${name}.css`,
      ),
      components: {
        MarkdownContent: "./src/site/components/PageContent.astro",
        Sidebar: "./src/site/components/contents/Sidebar.astro",
      },
      ...(edit ? { editLink: { baseUrl: edit } } : {}),
      routeMiddleware: "./src/site/route-data.ts",
      disable404Route: true,
      credits: false,
    }),
    finishPages([
      pagePictures(`${import.meta.dirname}/.cache/pictures`, process.env.SITE_URL, base),
      themeWithoutScripts(base),
      // Last, so that it sees the pages as they will be served.
      securityPolicy,
    ]),
  ],
  vite: {
    plugins: [ownScripts(), outsideBundle()],
    build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
});
