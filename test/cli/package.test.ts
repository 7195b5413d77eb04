import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePackage } from "../../scripts/package.ts";
import { root, typeLine } from "./run.ts";

let dir = "";
let files: string[] = [];
let tarball = "";

/** Types a line in the foreign repository, in which the package is installed, on this test's own Node. */
function type(line: string) {
  const path = `PATH=${dirname(process.execPath)}:${dir}/repo/node_modules/.bin:$PATH`;
  return typeLine(`cd '${dir}/repo' && export ${path} RUNBOOK_STATE_DIR='${dir}/state' && ${line}`);
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "runbook-package-"));
  const folder = await makePackage();
  const npm = (...words: string[]) => {
    const { stdout, stderr, status } = spawnSync("npm", words, { cwd: dir, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const [packed] = JSON.parse(npm("pack", "--json", folder)) as { filename: string; files: { path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];
  tarball = join(dir, packed?.filename ?? "");
  cpSync(join(import.meta.dirname, "fixtures/foreign"), join(dir, "repo"), { recursive: true });
  writeFileSync(join(dir, "repo/package.json"), '{ "private": true }');
  // Nothing but the package itself has to be fetched.
  npm("install", "--offline", "--no-audit", "--prefix", join(dir, "repo"), tarball);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("the package, in a foreign repository", () => {
  test("holds the program, its scripts, modules and types, and no sources, pages or tests", () => {
    expect(files).toEqual(
      expect.arrayContaining(["CHANGELOG.md", "LICENSE", "README.md", "dist/language.js", "src/cli/start.cjs"]),
    );
    expect(files.filter((path) => /(?<!\.d)\.ts$|^(?:content|test)\//.test(path))).toEqual([]);
    const scripts = files.filter((path) => /\.(?:sh|bash)$/.test(path));
    expect(scripts).toContain("src/engine/shell/scripts/worker.bash");
  });

  test("lists and checks the pages of MkDocs, of Docusaurus and those with sessions", () => {
    const list = type("runbook list --quiet");
    expect([list.stderr, list.stdout.split("\n").map((line) => line.trim())]).toEqual([
      "",
      ["install", "session", "use", ""],
    ]);
    const check = type("runbook check");
    expect([check.stdout, check.exitCode]).toEqual([expect.stringMatching(/\n0 errors, 2 warnings in 4 pages\n$/), 0]);
  });

  test("runs, skips what is done, and takes it away again", () => {
    const folder = `/tmp/foreign-${process.pid.toString(36).replace(/\d/g, "x")}`;
    const first = type(`npx runbook exec use FOLDER=${folder}`);
    expect([first.exitCode, first.stdout]).toEqual([0, expect.stringContaining("npx runbook undo ")]);
    expect(readFileSync(join(folder, "settings"), "utf8")).toBe("greeting = hello\n");
    const again = type(`runbook exec install FOLDER=${folder} --report ndjson`);
    expect(again.stdout).toContain('"counts":{"passed":0,"skipped":2');
    const undo = type(`runbook undo install FOLDER=${folder} --yes`);
    expect([undo.exitCode, existsSync(folder)]).toEqual([0, false]);
    expect(type("runbook exec session").exitCode).toBe(0);
    for (const form of ["sh", "json", "ansible --output ../fleet"]) {
      expect([form, type(`runbook export use --to ${form} >/dev/null`).stderr]).toEqual([form, ""]);
    }
  });

  test("speaks of itself as it is typed there, and tags a page that knows nothing of it", () => {
    expect(type("runbook --help").stdout).toContain("Usage: runbook COMMAND");
    expect(type("runbook serve")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("error[no-site] `serve` "),
    });
    const made = type("runbook new docs/configure --from docs/untouched.md");
    expect([made.stdout, made.exitCode]).toEqual(["docs/configure.md\n", 0]);
    expect(readFileSync(join(dir, "repo/docs/configure.md"), "utf8")).toContain(
      '``` {.bash step="configure" linenums="1"}\n',
    );
    rmSync(join(dir, "repo/docs/configure.md"));
  });

  test("the lines that it prints start this package, and no stranger's of the name of its program", () => {
    const made = (program: string) =>
      type(`${program} new docs/again --from docs/untouched.md; rm docs/again.md`).stderr;
    const bin = `${dir}/repo/node_modules/.bin/runbook`;
    expect(made("npx runbook")).toContain("npx runbook check docs/again.md");
    expect(made(`PATH='${dirname(process.execPath)}:/usr/bin:/bin' '${bin}'`)).toContain(` ${bin} check docs/again.md`);
    // Elsewhere npx fetches the package.
    const fetched = `npx --package='${tarball}' --yes --offline runbook new again --from repo/docs/untouched.md --content repo/docs`;
    const line = `cd '${dir}' && PATH='${dirname(process.execPath)}':"$PATH" npm_config_cache='${dir}/cache' ${fetched}`;
    expect(typeLine(line).stderr).toContain(
      `npx --package=${tarball} runbook check repo/docs/again.md --content repo/docs`,
    );
    rmSync(join(dir, "repo/docs/again.md"));
  });

  test("gives other programs the language and the plugin, with types", () => {
    mkdirSync(join(dir, "repo/node_modules"), { recursive: true });
    symlinkSync(join(root, "node_modules/vfile"), join(dir, "repo/node_modules/vfile"));
    const source = `import { readPage, type Page } from "virtualization-service-notes/language";
import remarkRunbook from "virtualization-service-notes/remark-runbook";
const page: Page = await readPage("---\\nrunbook: { id: x }\\n---\\n", { file: "x.md" });
console.log(page.runbook?.id, typeof remarkRunbook);
`;
    writeFileSync(join(dir, "repo/use.mts"), source);
    const program = ts.createProgram([join(dir, "repo/use.mts")], {
      ...{
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        noEmit: true,
      },
      ...{ target: ts.ScriptTarget.ES2024, lib: ["lib.es2024.d.ts", "lib.dom.d.ts"], types: [], skipLibCheck: false },
    });
    const said = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
    expect(
      said.filter((text) => text.includes("/repo/node_modules/virtualization") || text.includes("use.mts")),
    ).toEqual([]);
    expect(type("node use.mts")).toMatchObject({ stdout: "x function\n", exitCode: 0 });
  });
});
