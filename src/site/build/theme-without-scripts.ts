import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { lightRules } from "./light-rules.ts";

const name = "_astro/light.css";

/** Lets pages follow the system's theme where scripts are off: Starlight's theme is dark until its script runs. */
export function themeWithoutScripts(base: string): AstroIntegration {
  const link = `<noscript><link rel="stylesheet" href="${base.replace(/\/?$/, "/")}${name}" media="(prefers-color-scheme: light)"></noscript>`;
  return {
    name: "theme-without-scripts",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const folder = fileURLToPath(dir);
        const sheets = globSync("_astro/*.css", { cwd: folder }).sort();
        const rules = sheets.map((sheet) => lightRules(readFileSync(join(folder, sheet), "utf8")));
        writeFileSync(join(folder, name), rules.join(""));
        for (const page of globSync("**/*.html", { cwd: folder })) {
          const file = join(folder, page);
          writeFileSync(file, readFileSync(file, "utf8").replace("</head>", `${link}</head>`));
        }
      },
    },
  };
}
