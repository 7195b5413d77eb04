import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findRunbooks, loadLibrary } from "../../src/library/library.ts";
import { parseProject, projectAt, settingsAt } from "../../src/library/project.ts";

let dir = "";

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "runbook-project-"));
});

afterEach(() => {
  delete process.env["RUNBOOK_DIALECT"];
  rmSync(dir, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

/** Fences as MkDocs shows them. */
const braced = (text: string) => text.replaceAll(/```sh (.*)/g, "```{.sh $1}");

const page = (id: string, params = "", text = "") =>
  `---\nrunbook:\n  id: ${id}\n${params}---\n\n${text}\`\`\`sh step="a" on="box" keeps="x"\necho "$NAME"\n\`\`\`\n`;

describe("a project's configuration", () => {
  test("is found from the page upwards, the nearest first, and not beyond the repository", () => {
    write("runbook.config.yaml", "dialect: hugo\n");
    write("in/runbook.config.json", '{ "dialect": "myst" }');
    write("repo/.git/HEAD", "x");
    write("repo/docs/a.md", "x");
    write("in/deep/er/a.md", "x");
    expect(settingsAt(join(dir, "in/deep/er")).dialect).toBe("myst");
    expect(settingsAt(dir).dialect).toBe("hugo");
    expect(settingsAt(join(dir, "repo/docs")).dialect).toBe("markdown");
  });

  test("of somebody else is passed over", () => {
    if (process.getuid?.() !== 0) return;
    write("runbook.config.yaml", "dialect: hugo\n");
    write("mine/a.md", "x");
    // Root's folder below another user's configuration.
    const { chownSync } = process.getBuiltinModule("node:fs");
    chownSync(join(dir, "runbook.config.yaml"), 1234, 1234);
    expect(projectAt(join(dir, "mine"))).toBeUndefined();
    chownSync(join(dir, "mine"), 1234, 1234);
    expect(projectAt(join(dir, "mine"))?.dialect).toBe("hugo");
  });

  test("yields to the dialect that was asked for, and one that there is not is an error", () => {
    write("runbook.config.yaml", "dialect: hugo\n");
    process.env["RUNBOOK_DIALECT"] = "mkdocs";
    expect(settingsAt(dir).dialect).toBe("mkdocs");
    process.env["RUNBOOK_DIALECT"] = "mkdoc";
    expect(() => settingsAt(dir)).toThrow('There is no dialect "mkdoc".');
  });

  test.each([
    ["dialect: mkdoc", "1:10: There is no dialect", "mkdocs"],
    ["contents: docs", "1:1: The configuration has no key `contents`", "content"],
    ["content: [docs, ../other]", "1:17: `../other` lies outside of the project", "below"],
    ["content: nowhere", "1:10: There is no folder `nowhere`", "below"],
    ["defaults:\n  PATH: x", "2:3: PATH steers the shell", "another name"],
    ["defaults:\n  1X: x", '2:3: "1X" is no name', "another name"],
    ["defaults: { A: [b] }", "1:16: `A` must be text", '""'],
    ["targets:\n  host: x", "2:3: `host` is the machine itself", "another name"],
    ["targets: text", "1:10: `targets` must be a map", "targets: {"],
    ["- a", "1:1: The configuration must be a map", "content, dialect"],
    ["a: [", "1:5:", "YAML"],
  ])("%j is an error at its place", (text, message, hint) => {
    mkdirSync(join(dir, "docs"));
    const file = join(dir, "runbook.config.yaml");
    const parse = () => parseProject(text, file);
    expect(parse).toThrow(`${file}:${message}`);
    try {
      parse();
    } catch (error) {
      expect((error as { hint: string }).hint).toContain(hint);
    }
  });
});

describe("the pages of a project", () => {
  test("are those of its folders, read by its dialect, with its defaults and targets", async () => {
    write(
      "runbook.config.yaml",
      "content: [docs, guides]\ndialect: mkdocs\ndefaults: { NAME: web }\ntargets: { box: ssh box }\n",
    );
    write("docs/a.md", braced(page("a", "  params: { NAME: {} }\n")));
    write(
      "guides/b.md",
      braced(
        page("b", "  params: { NAME: { default: own } }\n  targets: { box: ssh own }\n", "!!! note\n    Text\n\n"),
      ),
    );
    write("other/c.md", page("c"));
    expect((await findRunbooks(dir)).map(({ id }) => id)).toEqual(["a", "b"]);
    const { runbooks, diagnostics } = await loadLibrary(dir);
    const said = [...runbooks.values()].map(({ id, params, targets }) => [id, params[0]?.default, targets[0]?.command]);
    expect(said).toEqual([
      ["a", "web", "ssh box"],
      ["b", "own", "ssh own"],
    ]);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("give a target only to pages that use it, and a default only where the page's rule allows it", async () => {
    write(
      "runbook.config.yaml",
      "defaults: { NAME: WEB, TOKEN: secret1 }\ntargets: { box: ssh box, other: ssh other }\n",
    );
    write("a.md", page("a", '  params: { NAME: { pattern: "[a-z]+" }, TOKEN: { secret: true } }\n'));
    const { runbooks, diagnostics } = await loadLibrary(dir);
    expect(runbooks.get("a")?.targets.map(({ name }) => name)).toEqual(["box"]);
    expect(runbooks.get("a")?.params.map((parameter) => parameter.default)).toEqual([undefined, undefined]);
    expect(diagnostics.map(({ code }) => code)).toContain("bad-default");
  });

  test("are read again when the configuration changes", async () => {
    write("a.md", "+++\n[runbook]\nid = 'a'\n+++\n\n");
    const past = new Date(Date.now() - 60_000);
    utimesSync(join(dir, "a.md"), past, past);
    expect(await findRunbooks(dir)).toEqual([]);
    write("runbook.config.yaml", "dialect: hugo\n");
    expect((await findRunbooks(dir)).map(({ id }) => id)).toEqual(["a"]);
    expect([...(await loadLibrary(dir)).runbooks.keys()]).toEqual(["a"]);
  });
});
