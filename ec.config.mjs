import { defineEcConfig } from "@astrojs/starlight/expressive-code";
import { codeValues } from "./src/site/markdown/code/code-values.ts";
import { wholeTime } from "./src/site/markdown/code/whole-time.ts";

// In a file of its own, since components that render code need it as well as pages of Markdown.
export default defineEcConfig({
  plugins: [codeValues()],
  shiki: { transformers: [wholeTime] },
  // Values keep their places only where tabs stay tabs.
  tabWidth: 0,
  // A block that scrolls sideways becomes a landmark without a name; and long commands are easier read whole.
  defaultProps: { wrap: true, overridesByLang: { "sh,bash,shell,powershell": { frame: "none" } } },
});
