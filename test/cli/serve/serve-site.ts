import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pageOf } from "../../engine/support/run-page.ts";

// A page as the site builds one, as far as a window needs it: its policy, its data, its cards.
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
const card = (step: string): string => `<div class="step" data-step="${step}"><h3 id="${step}">${step}</h3></div>`;
const data = {
  id: "page",
  params: [
    { name: "DIR", secret: false },
    { name: "TOKEN", secret: true },
  ],
};
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"/><meta http-equiv="content-security-policy" content="${policy}"/>
<title>Page</title><link rel="icon" href="/favicon.svg"/></head><body><section class="runbook-panel">
<script type="application/json" id="runbook-data">${JSON.stringify(data)}</script></section>${["first", "slow", "last"].map(card).join("")}</body></html>`;

/** Writes a page with three steps, and a site of it, as far as a window needs one. */
export function writeSite(root: string): void {
  for (const folder of ["content", "site/page", "work"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "site/index.html"), html);
  writeFileSync(join(root, "site/page/index.html"), html);
  writeFileSync(join(root, "site/favicon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const steps: [string, string][] = [
    ['sh step="first"', 'touch "$DIR/first"\necho "made in $DIR for ${#TOKEN}"'],
    ['sh guard="first"', '[ -e "$DIR/first" ]'],
    ['sh undo="first"', 'rm "$DIR/first"'],
    ['sh step="slow"', 'echo waiting\nuntil [ -e "$DIR/go" ]; do sleep 0.2; done\ntouch "$DIR/slow"'],
    ['sh guard="slow"', '[ -e "$DIR/slow" ]'],
    ['sh undo="slow"', 'rm -f "$DIR/slow"'],
    ['sh step="last" danger="It cannot be taken back."', 'touch "$DIR/last"'],
    ['sh guard="last"', '[ -e "$DIR/last" ]'],
    ['sh undo="last"', 'rm "$DIR/last"'],
  ];
  writeFileSync(
    join(root, "content/page.md"),
    pageOf(steps, `  params:\n    DIR: { pattern: "/[a-zA-Z0-9/._-]+" }\n    TOKEN: { secret: true }\n`),
  );
}
