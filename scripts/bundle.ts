/**
 * Makes a bundle of the command line and all that it imports, because Node needs three times as long to load the hundreds of
 * modules one by one. The bundle has these CommonJS files: a pack of the modules that every command needs, a pack of those that run
 * a runbook, and a file for each other lazy import. So a command loads few files, and little that it does not use.
 * `src/cli/start.cjs` makes the bundle anew where a source has changed.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { build, type Plugin, transform } from "esbuild";
import { versionOfSources } from "../src/library/reader-version.ts";
import { forAll, writeWhole } from "../src/write-whole.ts";
import { packModules, packsOf } from "./bundle/pack.ts";

const checkout = join(import.meta.dirname, "..");
const ownFolder = join(checkout, "node_modules/.runbook");

/** The folder of a bundle, which `checkout.ts` in the bundle takes to be two folders below the checkout, and the oldest Node that the bundle supports. */
export interface BundleOptions {
  folder?: string;
  target?: string;
}

/** Files of older bundles stay for a day, because a program that is running may still import from them. */
const keptMs = 24 * 60 * 60_000;

/** The packages of parsers, by the names of their files in the bundle. */
const parsers = { yaml: "yaml", unbash: "unbash", toml: "smol-toml" };

/** Replaces three sources that have to work differently in a bundle. */
const replaced: Plugin = {
  name: "replaced",
  setup({ onLoad, onResolve }) {
    // The bundle's files are in another folder than the sources.
    onLoad({ filter: /[/\\]src[/\\]checkout\.ts$/ }, () => ({
      contents: `import { join } from "node:path";\nexport const checkout = join(__dirname, "../..");`,
    }));
    // A bundle is made anew where these sources change.
    onLoad({ filter: /[/\\]src[/\\]library[/\\]reader-version\.ts$/ }, () => ({
      contents: `export const readerVersion = () => ${JSON.stringify(versionOfSources(checkout))};`,
    }));
    // Each parser is a file of its own: the parsers are large, and a page from the cache needs none of them.
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
 * Makes the bundle of the current sources, and returns the name of its first file. Throws where the sources can't be bundled or
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
    // A program for one kind of machine, which `serve` loads from node_modules when a page asks for a shell.
    external: ["@lydell/node-pty"],
    logLevel: "silent",
  });
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, "package.json"), `{ "type": "commonjs" }\n`, { mode: forAll });
  const modules = new Map<string, string>();
  for (const { path, text } of outputFiles) {
    // esbuild splits only ES modules, so each file, and each lazy import, is converted to CommonJS afterwards.
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
  for (const [name, text] of files) writeWhole(join(folder, name), text, { mode: forAll });
  const sources = Object.keys(metafile.inputs)
    .map((path) => relative(checkout, resolve(checkout, path)))
    .filter((path) => !path.startsWith("node_modules"))
    .concat("package-lock.json")
    .map((path) => {
      const { mtimeMs, size } = statSync(join(checkout, path));
      return [path, mtimeMs, size];
    });
  // Written last, when every file that it names exists.
  writeWhole(join(folder, "bundle.json"), JSON.stringify({ entry, sources }), { mode: forAll });
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

function removeOld(folder: string, current: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!current.has(name) && statSync(path).mtimeMs < Date.now() - keptMs) rmSync(path, { recursive: true });
  }
}

if (import.meta.main) await makeBundle();
