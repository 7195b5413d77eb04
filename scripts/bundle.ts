/**
 * Makes a bundle of the command line and all that it imports: Node needs three times as long to load the hundreds of
 * modules one by one. It consists of CommonJS files, one for what every command needs and one for each lazy import, so
 * that a command loads only its own. `src/cli/start.cjs` makes it anew where a source has changed since.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { build, type Plugin, transform } from "esbuild";

const checkout = join(import.meta.dirname, "..");
const folder = join(checkout, "node_modules/.runbook");

/** A day: a program that runs meanwhile may still import from an older bundle. */
const keptMs = 24 * 60 * 60_000;

/** Puts what a bundle does otherwise in the place of two sources. */
const replaced: Plugin = {
  name: "replaced",
  setup({ onLoad }) {
    // The bundle's files lie elsewhere than the sources.
    onLoad({ filter: /[/\\]src[/\\]checkout\.ts$/ }, () => ({
      contents: `import { join } from "node:path";\nexport const checkout = join(__dirname, "../..");`,
    }));
    // `createRequire` hides from the bundler what is required.
    onLoad({ filter: /[/\\]src[/\\]language[/\\]parsers\.ts$/ }, ({ path }) => ({
      contents: ["yaml", "unbash", "toml"]
        .map((name) => `export const ${loaderOf(name)} = () => require("${name === "toml" ? "smol-toml" : name}");`)
        .join("\n"),
      resolveDir: resolve(path, ".."),
    }));
  },
};

function loaderOf(name: string): string {
  return `load${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Makes the bundle of the sources as they are now. Throws where they can't be bundled or the folder can't be written. */
export async function makeBundle(): Promise<void> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(checkout, "src/cli/main.ts")],
    absWorkingDir: checkout,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node26",
    outdir: folder,
    write: false,
    metafile: true,
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [replaced],
    logLevel: "silent",
  });
  mkdirSync(folder, { recursive: true });
  writeWhole("package.json", `{ "type": "commonjs" }\n`);
  let entry = "";
  for (const { path, text } of outputFiles) {
    // esbuild divides only ES modules, so each file is made CommonJS afterwards, lazy imports too.
    const { code } = await transform(text, {
      format: "cjs",
      platform: "node",
      target: "node26",
      supported: { "dynamic-import": false },
    });
    const isEntry = basename(path) === "main.js";
    const name = isEntry ? `main-${createHash("sha256").update(code).digest("hex").slice(0, 8)}.js` : basename(path);
    if (isEntry) entry = name;
    writeWhole(name, code);
  }
  const sources = Object.keys(metafile.inputs)
    .map((path) => relative(checkout, resolve(checkout, path)))
    .filter((path) => !path.startsWith("node_modules"))
    .map((path) => {
      const { mtimeMs, size } = statSync(join(checkout, path));
      return [path, mtimeMs, size];
    });
  // Written last: what it names is there.
  writeWhole("bundle.json", JSON.stringify({ entry, sources }));
  removeOld(new Set([entry, "package.json", "bundle.json", ...outputFiles.map(({ path }) => basename(path))]));
}

/** Renamed into place: another start never reads half of a file. */
function writeWhole(name: string, text: string): void {
  const part = join(folder, `${name}.${process.pid}`);
  writeFileSync(part, text);
  renameSync(part, join(folder, name));
}

function removeOld(current: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!current.has(name) && statSync(path).mtimeMs < Date.now() - keptMs) rmSync(path, { recursive: true });
  }
}

if (import.meta.main) await makeBundle();
