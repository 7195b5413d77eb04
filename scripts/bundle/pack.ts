import { createHash } from "node:crypto";
import { basename, parse } from "node:path";
import type { Metafile } from "esbuild";

/** The modules of each pack, by the pack's name. A module in no pack is a file of its own. */
export type Packs = ReadonlyMap<string, ReadonlySet<string>>;

/** These entry points and their imports form one pack, because each of them needs nearly all modules that the others need. */
const RUNNING = [
  "commands/run/exec.ts",
  "commands/journal/resume.ts",
  "commands/journal/undo.ts",
  "library/library.ts",
  "report/plain/plain.ts",
];
const LISTING = ["commands/run/list.ts"];

/** Groups esbuild's files into two packs: the files that every command and `list` need, and the further files that run a runbook. */
export function packsOf({ outputs }: Metafile): Packs {
  const needed = (entries: readonly string[]): Set<string> => {
    const found = new Set<string>();
    const visit = (path: string): void => {
      if (found.has(path)) return;
      found.add(path);
      for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
        if (kind === "import-statement" && outputs[imported]) visit(imported);
      }
    };
    for (const [path, { entryPoint = "" }] of Object.entries(outputs)) {
      if (entries.some((entry) => entryPoint.endsWith(`/${entry}`))) visit(path);
    }
    return new Set([...found].map((path) => basename(path)));
  };
  const main = needed(["cli/main.ts", ...LISTING]);
  const run = [...needed(RUNNING)].filter((name) => !main.has(name));
  return new Map([
    ["main", main],
    ["run", new Set(run)],
  ]);
}

/** Puts CommonJS modules into packs. Returns the files by name, and the name of the file that starts the program. */
export function packModules(
  modules: ReadonlyMap<string, string>,
  packs: Packs,
): { files: Map<string, string>; entry: string } {
  const packed = new Set([...packs.values()].flatMap((names) => [...names]));
  const alone = [...modules.keys()].filter((name) => !packed.has(name)).map((name) => [name, new Set([name])] as const);
  const files = new Map<string, string>();
  const where: Record<string, string> = {};
  let entry = "";
  // The pack that starts the program comes last, because it contains the names of the other packs.
  for (const [pack, names] of [...alone, ...[...packs].reverse()]) {
    const definitions = [...names].map(
      (name) => `${JSON.stringify(name)}: (function (module, exports, require) {${modules.get(name) ?? ""}\n})`,
    );
    const start = names.has("main.js") ? `modules.where = ${JSON.stringify(where)};\nload("main.js");\n` : "";
    const text = `${LOADER}add({\n${definitions.join(",\n")}\n});\n${start}`;
    const file = `${parse(pack).name}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.js`;
    for (const name of names) where[name] = file;
    files.set(file, text);
    if (start) entry = file;
  }
  return { files, entry };
}

/**
 * The head of each file. All files share one table of modules, which is a property of `process` under a symbol. Requiring a module
 * that is not in the table loads its file.
 */
const LOADER = `const modules = (process[Symbol.for("runbook.modules")] ??= { made: {}, loaded: {}, where: {} });
const add = (made) => Object.assign(modules.made, made);
const load = (name) => {
  const known = modules.loaded[name];
  if (known) return known.exports;
  if (!modules.made[name]) require("./" + modules.where[name]);
  const module = (modules.loaded[name] = { exports: {} });
  modules.made[name](module, module.exports, (wanted) => (wanted.startsWith("./") ? load(wanted.slice(2)) : require(wanted)));
  return module.exports;
};
`;
