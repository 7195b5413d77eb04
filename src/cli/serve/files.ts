import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { extname, join, normalize, sep } from "node:path";
import { checkout } from "../../checkout.ts";
import { RunbookError } from "../../errors/runbook-error.ts";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".xml": "application/xml",
};

/** A file to answer with. */
export interface Answer {
  status: 200 | 404;
  type: string;
  body: Buffer;
}

/** The path below which all is the server's own, beside the site. */
export const ownPath = "/-/";

/** A built site, with what makes its steps run put into its pages. */
export class SiteFiles {
  readonly #folder: string;
  /** The path under which the site was built. */
  readonly base: string;

  constructor(folder: string) {
    this.#folder = folder;
    const front = join(folder, "index.html");
    if (!existsSync(front)) {
      throw new RunbookError("no-site", `There is no built site in ${folder}.`, {
        hint: "Build it: npm run build; or give a built one: --site DIR",
      });
    }
    this.base = /href="([^"]*)favicon\.svg"/.exec(readFileSync(front, "utf8"))?.[1] ?? "/";
  }

  /** The file that a path of the site names; its page for what is not found otherwise. */
  read(path: string): Answer {
    const found = this.#find(path);
    const file = found ?? join(this.#folder, "404.html");
    const type = types[extname(file)] ?? "application/octet-stream";
    const body = existsSync(file) ? readFileSync(file) : Buffer.from("There is no such page.");
    return { status: found ? 200 : 404, type, body: extname(file) === ".html" ? this.#withRuns(body) : body };
  }

  #find(path: string): string | undefined {
    if (!path.startsWith(this.base)) return undefined;
    const file = join(
      this.#folder,
      normalize(`/${path.slice(this.base.length)}`),
      path.endsWith("/") ? "index.html" : "",
    );
    return file.startsWith(this.#folder + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined;
  }

  /** The page's policy takes files of the site's own origin, so it stays as it is. */
  #withRuns(page: Buffer): Buffer {
    const html = page.toString("utf8");
    if (!html.includes('id="runbook-data"')) return page;
    const tags = `<link rel="stylesheet" href="${ownPath}serve.css"/><script type="module" src="${ownPath}serve.js"></script>`;
    return Buffer.from(html.replace("</head>", () => `${tags}</head>`));
  }
}

/** Where the sources of what runs in a page are: in a checkout only. */
const pageFiles = join(checkout, "src/cli/serve/browser");

/** Refuses in the package for other projects, which has neither a site nor what makes its pages run. */
export function refuseWithoutPageFiles(): void {
  if (existsSync(pageFiles)) return;
  throw new RunbookError(
    "no-site",
    "`serve` shows the site of a checkout, and this is the package for other projects.",
    {
      hint: "Run a page by `runbook exec`, or start `serve` in a checkout.",
    },
  );
}

/** Files of libraries for a browser, by their names below `ownPath`. */
const libraries: Readonly<Record<string, string>> = {
  "xterm.css": "@xterm/xterm/css/xterm.css",
  "xterm.js": "@xterm/xterm/lib/xterm.mjs",
  "addon-fit.js": "@xterm/addon-fit/lib/addon-fit.mjs",
};

/** The server's own files for a browser, by their names below `ownPath`. */
export function ownFile(name: string): Answer | undefined {
  const library = libraries[name];
  if (library !== undefined) {
    const body = readFileSync(join(checkout, "node_modules", library));
    return { status: 200, type: types[extname(name)] as string, body };
  }
  if (name === "serve.css")
    return { status: 200, type: types[".css"] as string, body: readFileSync(join(pageFiles, name)) };
  if (!/^[a-z-]+\.js$/.test(name)) return undefined;
  const source = join(pageFiles, name.replace(/\.js$/, ".ts"));
  if (!existsSync(source)) return undefined;
  // Imports name the sources; a browser asks for what was made of them.
  const text = withoutTypes(readFileSync(source, "utf8"))
    .replace(/((?:from |import\()"\.\/[a-z-]+)\.ts"/g, '$1.js"')
    .replace(/from "@xterm\/([a-z-]+)"/g, 'from "./$1.js"');
  return { status: 200, type: types[".js"] as string, body: Buffer.from(text) };
}

/** Node tells that this function of its own may change, which helps nobody who reads a terminal. */
function withoutTypes(source: string): string {
  const emit = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emit;
  }
}

/** What a browser compares to see whether it has a file already. */
export function tagOf(body: Buffer): string {
  return `"${createHash("sha256").update(body).digest("base64url")}"`;
}
