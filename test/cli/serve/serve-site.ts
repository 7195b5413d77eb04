import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageOf } from "../../engine/support/run-page.ts";
import { Served } from "./serve-process.ts";

// A page as the site builds one, as far as a window needs it: its policy, its data, its cards.
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'";
const card = (step: string): string => `<div class="step" data-step="${step}"><h3 id="${step}">${step}</h3></div>`;

interface ServedPage {
  id: string;
  params: { name: string; secret: boolean }[];
  steps: [info: string, text: string][];
  head: string;
}

const waiting: ServedPage = {
  id: "page",
  params: [
    { name: "DIR", secret: false },
    { name: "TOKEN", secret: true },
  ],
  head: `  params:\n    DIR: { pattern: "/[a-zA-Z0-9/._-]+" }\n    TOKEN: { secret: true }\n`,
  steps: [
    ['sh step="first"', 'touch "$DIR/first"\necho "made in $DIR for ${#TOKEN}"'],
    ['sh guard="first"', '[ -e "$DIR/first" ]'],
    ['sh undo="first"', 'rm "$DIR/first"'],
    // Without a guard: only the journal can say that this is done.
    ['sh step="count"', 'echo once >>"$DIR/count"\nKEPT="a state with spaces"'],
    ['sh undo="count"', 'rm -f "$DIR/count"'],
    ['sh step="slow"', 'echo waiting\nuntil [ -e "$DIR/go" ]; do sleep 0.2; done\ntouch "$DIR/slow"'],
    ['sh guard="slow"', '[ -e "$DIR/slow" ]'],
    ['sh undo="slow"', 'rm -f "$DIR/slow"'],
    ['sh step="last" danger="It cannot be taken back."', 'echo "$KEPT" >"$DIR/last"'],
    ['sh guard="last"', '[ -e "$DIR/last" ]'],
    ['sh undo="last"', 'rm "$DIR/last"'],
  ],
};

const failing: ServedPage = {
  id: "failing",
  params: [{ name: "DIR", secret: false }],
  head: `  params:\n    DIR: { pattern: "/[a-zA-Z0-9/._-]+" }\n  targets:\n    inner: env\n`,
  steps: [
    ['sh step="prepare" on="inner"', 'cd "$DIR"\nGREETING=hello-from-before\nlist=(one "two words")'],
    ['sh step="break" on="inner"', "false"],
    ['sh guard="break" on="inner"', '[ -e "$DIR/mended" ]'],
    ['sh step="after" on="inner"', "echo after"],
  ],
};

function htmlOf({ id, params, steps }: ServedPage): string {
  const cards = steps.flatMap(([info]) => /step="([^"]+)"/.exec(info)?.[1] ?? []).map(card);
  const data = JSON.stringify({ id, params });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"/><meta http-equiv="content-security-policy" content="${policy}"/>
<title>Page</title><link rel="icon" href="/favicon.svg"/></head><body><section class="runbook-panel">
<script type="application/json" id="runbook-data">${data}</script></section>${cards.join("")}</body></html>`;
}

/** Writes two runbooks, one with four steps and one with a step that fails, and a site of them, as far as a window needs one. */
function writeSite(root: string): void {
  for (const folder of ["content", "site", "work"]) mkdirSync(join(root, folder), { recursive: true });
  for (const page of [waiting, failing]) {
    mkdirSync(join(root, "site", page.id));
    writeFileSync(join(root, "site", page.id, "index.html"), htmlOf(page));
    writeFileSync(
      join(root, "content", `${page.id}.md`),
      pageOf(page.steps, page.head).replace("id: page", `id: ${page.id}`),
    );
  }
  writeFileSync(join(root, "site/index.html"), htmlOf(waiting));
  writeFileSync(join(root, "site/favicon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
}

/** That site in a folder of its own, with the process that will serve it. */
export function placeSite(): { root: string; work: string; served: Served } {
  const root = mkdtempSync(join(tmpdir(), "runbook-serve-"));
  writeSite(root);
  return { root, work: join(root, "work"), served: new Served(root) };
}
