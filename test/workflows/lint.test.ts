import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { lintAction, lintWorkflow } from "./lint.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string): Record<string, unknown> => parse(readFileSync(join(root, file), "utf8"));

test.each(globSync(".github/workflows/*.yml", { cwd: root }))("%s is one that GitHub takes", (file) => {
  expect(lintWorkflow(read(file))).toEqual([]);
});

test("the action is one that GitHub takes", () => {
  expect(lintAction(read("action.yml"))).toEqual([]);
});

const job = { "runs-on": "ubuntu-24.04", steps: [{ run: "true" }] };
const workflow = (one: object, more: object = {}): Record<string, unknown> => ({
  ...{ on: { push: null }, permissions: { contents: "read" }, jobs: { one: { ...job, ...one } } },
  ...more,
});

test.each([
  ["a key that there is none of", workflow({ step: [] }), "one: there is no key step"],
  ["an event that is none", workflow({}, { on: { pushed: null } }), "on: no event pushed is wanted"],
  ["a time that is none", workflow({}, { on: { schedule: [{ cron: "at night" }] } }), "cron: at night"],
  [
    "a right that is none",
    workflow({ permissions: { content: "write" } }),
    "one: there is no permission content: write",
  ],
  ["a job that is needed and is not there", workflow({ needs: "two" }), "one: needs no job two"],
  ["a step with both", workflow({ steps: [{ uses: "a", run: "b" }] }), "one, step 1: one of `uses` and `run`"],
  ["an input of no action", workflow({ steps: [{ run: "b", with: {} }] }), "one, step 1: `with` without `uses`"],
  [
    "shell that is none",
    workflow({ steps: [{ run: "if true; then" }] }),
    expect.stringMatching(/^one, step 1: bash: line/),
  ],
  [
    "a step that comes later",
    workflow({
      steps: [
        { run: "a", env: { A: "${{ steps.b.outputs.c }}" } },
        { id: "b", run: "b" },
      ],
    }),
    "one, step 1: steps has no b",
  ],
  ["a matrix that has it not", workflow({ env: { A: "${{ matrix.image }}" } }), "one: matrix has no image"],
  ["a function that is none", workflow({ if: "alway()" }), "one: no function alway()"],
  ["a context that is none", workflow({ if: "git.ref == 'x'" }), "one: no context git"],
  ["a word of GitHub's that is none", workflow({ if: "github.branch == 'x'" }), "one: github has no branch"],
])("finds %s", (_, wrong, found) => {
  expect(lintWorkflow(wrong)).toEqual([found]);
});

test("the GitLab component puts its inputs into variables only", () => {
  const text = readFileSync(join(root, "templates/prove.yml"), "utf8");
  const [head, body] = parseAllDocuments(text).map((document) => document.toJS() as Record<string, unknown>);
  const spec = head?.["spec"] as { inputs: Record<string, unknown> } | undefined;
  const used = [...text.matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(Object.keys(spec?.inputs ?? {}).sort());
  for (const job of Object.values(body ?? {}) as { script?: string[]; before_script?: string[] }[]) {
    for (const line of [...(job.script ?? []), ...(job.before_script ?? [])]) expect(line).not.toContain("$[[");
  }
});
