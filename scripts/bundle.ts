/**
 * Makes a bundle of the command line and all that it imports: Node needs three times as long to load the hundreds of
 * modules one by one. It consists of CommonJS files: a pack of what every command needs, a pack of what runs a runbook, and
 * one file for each other lazy import, so that a command loads few files, and little that it does not use. `src/cli/start.cjs` makes it anew where a source has changed since.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { build, type Plugin, transform } from "esbuild";
import { versionOfSources } from "../src/library/reader-version.ts";
import { packModules, packsOf } from "./bundle/pack.ts";

const checkout = join(import.meta.dirname, "..");
const ownFolder = join(checkout, "node_modules/.runbook");

/** Where a bundle goes, two folders below what `checkout.ts` then names, and the oldest Node that it is for. */
export interface BundleOptions {
  folder?: string;
  target?: string;
}

/** A day: a program that runs meanwhile may still import from an older bundle. */
const keptMs = 24 * 60 * 60_000;

/** The packages of parsers, by the names of their files in the bundle. */
const parsers = { yaml: "yaml", unbash: "unbash", toml: "smol-toml" };

/** Puts what a bundle does otherwise in the place of three sources. */
const replaced: Plugin = {
  name: "replaced",
  setup({ onLoad, onResolve }) {
    // The bundle's files lie elsewhere than the sources.
    onLoad({ filter: /[/\\]src[/\\]checkout\.ts$/ }, () => ({
      contents: `import { join } from "node:path";\nexport const checkout = join(__dirname, "../..");`,
    }));
    // A bundle is made anew where these sources change.
    onLoad({ filter: /[/\\]src[/\\]library[/\\]reader-version\.ts$/ }, () => ({
      contents: `export const readerVersion = () => ${JSON.stringify(versionOfSources(checkout))};`,
    }));
    // The parsers are files of their own: they are large, and a page that is in the cache needs none of them.
    onLoad({ filter: /[/\\]src[/\\]language[/\\]parsers\.ts$/ }, () => ({
      contents: Object.keys(parsers)
        .map((name) => `export const ${loaderOf(name)} = () => require("./${name}.js");`)
        .join("\n"),
    }));
    onResolve({ filter: new RegExp(`^\\./(?:${Object.keys(parsers).join("|")})\\.js$`) }, ({ path }) => ({
      path,
      external: true,
    }));
  },
};

function loaderOf(name: string): string {
  return `load${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/**
 * Makes the bundle of the sources as they are now, and gives the name of its first file. Throws where they can't be bundled or
 * the folder can't be written.
 */
export async function makeBundle({ folder = ownFolder, target = "node26" }: BundleOptions = {}): Promise<string> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(checkout, "src/cli/main.ts")],
    absWorkingDir: checkout,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target,
    outdir: folder,
    write: false,
    metafile: true,
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [replaced],
    logLevel: "silent",
  });
  mkdirSync(folder, { recursive: true });
  writeWhole(folder, "package.json", `{ "type": "commonjs" }\n`);
  const modules = new Map<string, string>();
  for (const { path, text } of outputFiles) {
    // esbuild divides only ES modules, so each file is made CommonJS afterwards, lazy imports too.
    const options = {
      format: "cjs",
      platform: "node",
      target,
      supported: { "dynamic-import": false },
    } as const;
    modules.set(basename(path), (await transform(text, options)).code);
  }
  for (const [name, text] of await bundleParsers(target)) modules.set(name, text);
  const { files, entry } = packModules(modules, packsOf(metafile));
  for (const [name, text] of files) writeWhole(folder, name, text);
  const sources = Object.keys(metafile.inputs)
    .map((path) => relative(checkout, resolve(checkout, path)))
    .filter((path) => !path.startsWith("node_modules"))
    .concat("package-lock.json")
    .map((path) => {
      const { mtimeMs, size } = statSync(join(checkout, path));
      return [path, mtimeMs, size];
    });
  // Written last: what it names is there.
  writeWhole(folder, "bundle.json", JSON.stringify({ entry, sources }));
  removeOld(folder, new Set(["package.json", "bundle.json", ...files.keys()]));
  return entry;
}

async function bundleParsers(target: string): Promise<[name: string, text: string][]> {
  const { outputFiles } = await build({
    entryPoints: parsers,
    absWorkingDir: checkout,
    bundle: true,
    platform: "node",
    format: "cjs",
    target,
    outdir: ownFolder,
    write: false,
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: "silent",
  });
  return outputFiles.map(({ path, text }) => [basename(path), text]);
}

/** Renamed into place: another start never reads half of a file. */
function writeWhole(folder: string, name: string, text: string): void {
  const part = join(folder, `${name}.${process.pid}`);
  writeFileSync(part, text);
  renameSync(part, join(folder, name));
}

function removeOld(folder: string, current: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!current.has(name) && statSync(path).mtimeMs < Date.now() - keptMs) rmSync(path, { recursive: true });
  }
}

if (import.meta.main) await makeBundle();
