import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { COMMAND_ERRORS, STEP_ERRORS } from "../../src/cli/error-codes.ts";
import { eventsPage } from "../../src/cli/events-page.ts";
import { root } from "./run.ts";

// Where this fails because the code has changed, `vitest run test/cli/events-page.test.ts -u` writes the page anew.
test("the page is what the code says", async () => {
  await expect(eventsPage()).toMatchFileSnapshot(join(root, "content/reference/events.md"));
});

/** The texts that an expression may be; none where that can't be told. */
function texts(node: ts.Expression | undefined): string[] {
  if (node && ts.isStringLiteralLike(node)) return [node.text];
  return node && ts.isConditionalExpression(node) ? [...texts(node.whenTrue), ...texts(node.whenFalse)] : [];
}

/** The exit code that an error is made with, where it stands there as a number. */
function exitCodeOf(options: ts.Expression | undefined): number | undefined {
  if (!options) return 2;
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  for (const property of options.properties) {
    if (property.name?.getText() !== "exitCode") continue;
    return ts.isPropertyAssignment(property) && ts.isNumericLiteral(property.initializer)
      ? Number(property.initializer.text)
      : undefined;
  }
  return 2;
}

/** The codes that the source makes errors with, of commands each with its exit code where that is known. */
function codesInSource() {
  const commands = new Map<string, number | undefined>();
  const steps = new Set<string>();
  const note = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === "RunbookError") {
      const [code, , options] = node.arguments ?? [];
      for (const text of texts(code)) commands.set(text, exitCodeOf(options));
    } else if (ts.isCallExpression(node) && node.expression.getText() === "failure") {
      for (const text of texts(node.arguments[2])) steps.add(text);
    } else if (ts.isVariableDeclaration(node) && node.name.getText() === "code") {
      for (const text of texts(node.initializer)) steps.add(text);
    } else if (ts.isBinaryExpression(node) && node.left.getText() === "error.code") {
      if (node.operatorToken.kind === ts.SyntaxKind.EqualsToken) for (const text of texts(node.right)) steps.add(text);
    }
    ts.forEachChild(node, note);
  };
  for (const file of globSync("src/{engine,cli}/**/*.ts", { cwd: root })) {
    note(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true));
  }
  return { commands, steps };
}

const found = codesInSource();

/** Errors of the journal and of the runner itself, whose codes the source picks from a table, and of computed values. */
const elsewhere = {
  commands: ["fault", "journal-broken", "journal-busy", "journal-unwritable"],
  steps: ["computed-bad", "computed-failed"],
};

test("every code of an error stands on it, and no other", () => {
  const stepsOnly = new Set(elsewhere.steps);
  const commands = [...found.commands.keys()].filter((code) => !stepsOnly.has(code));
  expect(Object.keys(COMMAND_ERRORS).sort()).toEqual([...commands, ...elsewhere.commands].sort());
  expect(Object.keys(STEP_ERRORS).sort()).toEqual([...found.steps, ...elsewhere.steps].sort());
});

test("with the exit code that it leads to", () => {
  const known = [...found.commands].filter(([code, exitCode]) => exitCode !== undefined && COMMAND_ERRORS[code]);
  expect(known.length).toBeGreaterThan(40);
  for (const [code, exitCode] of known) expect(COMMAND_ERRORS[code]?.[0], code).toBe(exitCode);
});
