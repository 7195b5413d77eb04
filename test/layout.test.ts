import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const maxBytes = 10_000;
const medianBytes = 2_500;

/** A reader takes in the names of so many files at once; a folder with more has rooms in it. */
const maxFiles = 12;

/** Files that people read as source. */
const SOURCES = /\.(?:ts|js|mjs|cjs|astro|css|sh|bash|pl)$/;

/** What each folder of src/ may import of the others; it may always import of its own. */
const allowed: Record<string, (file: string, isType: boolean) => boolean> = {
  errors: () => false,
  schema: () => false,
  words: () => false,
  terminal: () => false,
  language: (file) => onGround(file),
  library: (file) => onGround(file) || inFolder(file, "language"),
  evidence: (file) => onGround(file) || inFolder(file, "language"),
  engine: (file) => onGround(file) || inFolder(file, "language"),
  verify: (file) => onGround(file) || inFolder(file, "language", "library", "evidence", "engine"),
  report: (file, isType) => onGround(file) || (isType && (file === "engine/events.ts" || inFolder(file, "evidence"))),
  editor: (file) => onGround(file) || inFolder(file, "language", "library", "evidence"),
  cli: (file) =>
    onGround(file) || inFolder(file, "language", "library", "evidence", "engine", "verify", "report", "editor"),
  site: (file) => onGround(file) || inFolder(file, "language", "library", "evidence"),
};

/** What all may use: errors, words, schemas, the terminal's width and colours, where the checkout is, who may change files, how one is written whole. */
function onGround(file: string): boolean {
  return (
    file === "checkout.ts" ||
    file === "trust.ts" ||
    file === "write-whole.ts" ||
    inFolder(file, "errors", "words", "terminal", "schema")
  );
}

function inFolder(file: string, ...folders: string[]): boolean {
  return folders.some((folder) => file.startsWith(`${folder}/`));
}

function sourceFiles(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => pattern.test(name) && statSync(join(root, name)).isFile())
    .filter((name) => !name.includes("node_modules") && !/\/fixtures?\//.test(name))
    .sort();
}

interface Import {
  specifier: string;
  isType: boolean;
}

/** The imports of a source file; of an .astro one, those of its frontmatter and scripts. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  if (file.endsWith(".astro")) {
    return [...text.matchAll(/^\s*import\s+(type\s)?[^"';]*["']([^"']+)["']/gm)].map(([, type, specifier = ""]) => ({
      specifier,
      isType: Boolean(type),
    }));
  }
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ specifier: node.moduleSpecifier.text, isType: node.importClause?.isTypeOnly ?? false });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ specifier: node.moduleSpecifier.text, isType: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const argument = node.arguments[0];
      if (argument && ts.isStringLiteralLike(argument)) found.push({ specifier: argument.text, isType: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const literal = node.argument.literal;
      if (ts.isStringLiteral(literal)) found.push({ specifier: literal.text, isType: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The imports of ours that `file` may not have, as `file → imported`. */
function strayImports(file: string): string[] {
  const [, folder = ""] = file.split("/");
  const stray: string[] = [];
  for (const { specifier, isType } of importsOf(file)) {
    if (!specifier.startsWith(".")) continue;
    const imported = relative(root, resolve(root, dirname(file), specifier));
    if (inFolder(imported, `src/${folder}`)) continue;
    const inSource = inFolder(imported, "src") && allowed[folder]?.(imported.slice("src/".length), isType);
    // The site's stylesheets and the like stand beside it; nothing outside src/ is anyone's business.
    if (!inSource) stray.push(`${file} → ${imported}`);
  }
  return stray;
}

/** The exports of a file that have no doc comment. */
function undocumented(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const missing: string[] = [];
  for (const statement of source.statements) {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported || ts.getJSDocCommentsAndTags(statement).some(ts.isJSDoc)) continue;
    const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
    missing.push(`${file}:${line + 1}`);
  }
  return missing;
}

describe("layout", () => {
  test("imports point one way", () => {
    expect(sourceFiles("src", /\.(ts|js|astro)$/).flatMap(strayImports)).toEqual([]);
  });

  test("only `checkout.ts` asks where it lies: the bundle's files lie elsewhere", () => {
    const files = sourceFiles("src", /\.ts$/).filter((file) => !file.startsWith("src/site/"));
    const asking = files.filter((file) =>
      /import\.meta\.(?:dirname|filename|url)/.test(readFileSync(join(root, file), "utf8")),
    );
    expect(asking.sort()).toEqual(["src/checkout.ts", "src/language/parsers.ts"]);
  });

  test("no source file passes 10 KB", () => {
    const files = ["src", "scripts", "test"].flatMap((folder) => sourceFiles(folder, SOURCES));
    const large = ["runbook", ...files].filter((file) => statSync(join(root, file)).size > maxBytes);
    expect(large).toEqual([]);
  });

  test.each(["src", "scripts", "test"])("no folder of %s holds more than a dozen files", (folder) => {
    const counts = new Map<string, number>();
    for (const file of sourceFiles(folder, SOURCES)) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > maxFiles)).toEqual([]);
  });

  test("half of all source files are no longer than 2.5 KB", () => {
    const sizes = sourceFiles("src", SOURCES).map((file) => statSync(join(root, file)).size);
    expect(sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(medianBytes);
  });

  test("every export below the command line says what it is for", () => {
    const files = [
      "errors",
      "words",
      "terminal",
      "schema",
      "language",
      "library",
      "evidence",
      "engine",
      "verify",
      "editor",
    ]
      .map((room) => `src/${room}`)
      .filter((folder) => existsSync(join(root, folder)))
      .flatMap((folder) => sourceFiles(folder, /\.ts$/));
    expect(files.flatMap(undocumented)).toEqual([]);
  });

  test("the checks see what they look for", () => {
    expect(importsOf("test/layout.test.ts").map(({ specifier }) => specifier)).toContain("typescript");
    expect(allowed["language"]?.("engine/events.ts", true)).toBe(false);
    expect(undocumented("test/layout.test.ts")).toEqual([]);
  });
});
