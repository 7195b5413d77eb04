/**
 * Makes the npm package in `.cache/package`: the command line as one bundle for Node 24 and later, and the language and its remark
 * plugin as modules with types. The package has no dependencies to install. It names the repository of `REPOSITORY_URL`. `npm pack` and `npm publish` take that folder.
 */
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { makeBundle } from "./bundle.ts";
import { manifestOf } from "./package/manifest.ts";
import { readmeOf } from "./package/readme.ts";

const checkout = join(import.meta.dirname, "..");
const folder = join(checkout, ".cache/package");

/** The modules that other programs import, by the name of their file. */
const MODULES = {
  language: "src/language/index.ts",
  "remark-runbook": "src/language/read/remark-runbook.ts",
};

/** Makes the package and returns its folder. */
export async function makePackage(): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "src/cli"), { recursive: true });
  const entry = await makeBundle({ folder: join(folder, "dist/program"), target: "node24" });
  rmSync(join(folder, "dist/program/bundle.json"));
  writeFileSync(join(folder, "src/cli/start.cjs"), starter(entry));
  chmodSync(join(folder, "src/cli/start.cjs"), 0o755);
  await buildModules();
  emitTypes();
  // The files that the program reads or hands to shells have the same places as in a checkout.
  for (const file of globSync("src/**/*.{sh,bash,py}", { cwd: checkout })) copy(file, file);
  for (const file of ["LICENSE", "CHANGELOG.md"]) copy(file, file);
  const page = readFileSync(join(checkout, "content/authors/your-own-docs.md"), "utf8");
  writeFileSync(join(folder, "README.md"), readmeOf(page));
  const own = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as Parameters<typeof manifestOf>[0];
  writeFileSync(
    join(folder, "package.json"),
    `${JSON.stringify(manifestOf(own, process.env["REPOSITORY_URL"]), null, 2)}\n`,
  );
  return folder;
}

function starter(entry: string): string {
  return `#!/usr/bin/env node
if (Number(process.versions.node.split(".")[0]) < 24) {
  console.error("runbook: Node 24 or later is needed; this is " + process.version + ".");
  process.exit(3);
}
// Node 24 warns that its SQLite is experimental. It works, so the warning is hidden.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith("SQLite is an experimental feature")) emitWarning.call(process, warning, ...rest);
};
require("../../dist/program/${entry}");
`;
}

async function buildModules(): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(Object.entries(MODULES).map(([name, file]) => [name, join(checkout, file)])),
    absWorkingDir: checkout,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    outdir: join(folder, "dist"),
    logLevel: "silent",
    // Libraries in CommonJS call `require` for Node's own modules, and an ES module has no `require`.
    banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
    plugins: [
      {
        name: "parsers",
        setup({ onLoad }) {
          // The bundler does not see the modules that are required by `createRequire`, so these become imports.
          onLoad({ filter: /[/\\]src[/\\]language[/\\]parsers\.ts$/ }, ({ path }) => ({
            contents: [
              'import * as yaml from "yaml"; import * as unbash from "unbash"; import * as toml from "smol-toml";',
              "export const loadYaml = () => yaml, loadUnbash = () => unbash, loadToml = () => toml;",
            ].join("\n"),
            resolveDir: dirname(path),
          }));
        },
      },
    ],
  });
}

function emitTypes(): void {
  const { config } = ts.readConfigFile(join(checkout, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, checkout);
  const program = ts.createProgram(
    Object.values(MODULES).map((file) => join(checkout, file)),
    {
      ...options,
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, incremental: false },
      ...{ rootDir: join(checkout, "src"), outDir: join(folder, "types") },
      tsBuildInfoFile: undefined as never,
    },
  );
  const { diagnostics } = program.emit();
  if (diagnostics.length > 0) {
    throw new Error(
      diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n"),
    );
  }
}

function copy(from: string, to: string): void {
  cpSync(join(checkout, from), join(folder, to), { recursive: true });
}

if (import.meta.main) console.log(await makePackage());
