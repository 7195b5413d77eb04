import { createHash } from "node:crypto";
import type { PageChange } from "./finish-pages.ts";

/**
 * Gives every built page a Content-Security-Policy that allows the site's own files and just the scripts that
 * stand in that page. Astro's `security.csp` knows only what Astro itself bundles, not Starlight's inline scripts.
 */
export const securityPolicy: PageChange = { change: withPolicy };

/** The page with its policy, which stands before anything that it governs. */
export function withPolicy(html: string): string {
  const meta = `<meta http-equiv="content-security-policy" content="${policyFor(html)}"/>`;
  return html.replace(/<head>(<meta charset="utf-8"\/?>)?/, (head) => head + meta);
}

function policyFor(html: string): string {
  const scripts = [...html.matchAll(/<script(?<attributes>[^>]*)>(?<text>[\s\S]*?)<\/script>/g)]
    .filter(({ groups }) => isInline(groups?.["attributes"] ?? ""))
    .map(({ groups }) => hash(groups?.["text"] ?? ""));
  const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, text = ""]) => hash(text));
  const directives = {
    "default-src": ["'self'"],
    // The search's index is read by WebAssembly.
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...new Set(scripts)],
    "style-src": ["'self'", ...new Set(styles)],
    // Each word of code carries its colours.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}

/** Whether a script's text is run: not one from a file, nor mere data. */
function isInline(attributes: string): boolean {
  const type = /\stype="([^"]*)"/.exec(attributes)?.[1] ?? "";
  return !/\ssrc=/.test(attributes) && ["", "module", "text/javascript"].includes(type);
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
