import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PageChange } from "./finish-pages.ts";
import { lightRules } from "./light-rules.ts";

const name = "_astro/light.css";

/** Lets pages follow the system's theme where scripts are off: Starlight's theme is dark until its script runs. */
export function themeWithoutScripts(base: string): PageChange {
  const link = `<noscript><link rel="stylesheet" href="${base.replace(/\/?$/, "/")}${name}" media="(prefers-color-scheme: light)"></noscript>`;
  return {
    begin: (folder) => {
      const sheets = globSync("_astro/*.css", { cwd: folder }).sort();
      const rules = sheets.map((sheet) => lightRules(readFileSync(join(folder, sheet), "utf8")));
      writeFileSync(join(folder, name), rules.join(""));
    },
    change: (html) => html.replace("</head>", `${link}</head>`),
  };
}
