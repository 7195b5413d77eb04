import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Step {
  uses?: string;
  run?: string;
}

interface Job {
  permissions?: Record<string, string>;
  needs?: string;
  steps: Step[];
  "timeout-minutes"?: number;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const root = join(import.meta.dirname, "../..");
const files = globSync(".github/workflows/*.yml", { cwd: root });
const workflows = files.map((file) => [file, parse(readFileSync(join(root, file), "utf8")) as Workflow] as const);
const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as { runs: { using: string; steps: Step[] } };

function stepsOf(workflow: Workflow): Step[] {
  return Object.values(workflow.jobs).flatMap(({ steps }) => steps);
}

test("there are workflows that check, test, prove and publish", () => {
  expect(files.map((file) => file.replace(/.*\//, "")).sort()).toEqual([
    "changed.yml",
    "check.yml",
    "pages.yml",
    "prove.yml",
    "publish.yml",
    "test.yml",
  ]);
});

describe.each(workflows)("%s", (_file, workflow) => {
  test("may only read, unless a job says otherwise", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  test("runs the code of no stranger with rights", () => {
    expect(workflow.on).not.toHaveProperty("pull_request_target");
    expect(workflow.on).not.toHaveProperty("workflow_run");
  });

  test("takes actions by the hash of a commit, with the version beside it", () => {
    for (const { uses } of stepsOf(workflow)) if (uses) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  });

  test("puts no expression into a command", () => {
    for (const { run } of stepsOf(workflow)) expect(run ?? "").not.toContain("${{");
  });

  test("has a limit of time on every job", () => {
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });
});

describe("the proof of a pull request", () => {
  const job = workflows.find(([file]) => file.endsWith("changed.yml"))?.[1].jobs["prove"];

  test("can write nothing, and compares with the branch that it goes to", () => {
    expect(job?.permissions).toEqual({ contents: "read" });
    expect(job?.steps.some(({ run }) => run?.includes('--changed="origin/$BASE"'))).toBe(true);
  });
});

test("a package is published from a tag, with provenance and no token", () => {
  const publish = workflows.find(([file]) => file.endsWith("publish.yml"))?.[1];
  expect(publish?.on).toEqual({ push: { tags: ["v*"] } });
  expect(publish?.jobs["publish"]?.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(publish?.jobs["publish"]?.steps.at(-1)?.run).toMatch(/publish --provenance /);
  // The registry compares the manifest's repository with the one that the statement names.
  expect(JSON.stringify(publish?.jobs["publish"]?.steps)).toContain(
    '{"run":"npm run package","env":{"REPOSITORY_URL":',
  );
  expect(JSON.stringify(publish)).not.toMatch(/secrets\.|token:\s*\$/i);
});

test("the changelog tells of the version that the package has", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  expect(readFileSync(join(root, "CHANGELOG.md"), "utf8")).toContain(`\n## ${version}\n`);
});

describe("the nightly proof", () => {
  const prove = workflows.find(([file]) => file.endsWith("prove.yml"))?.[1];

  test("the job that runs the pages can write nothing, and the one that writes runs none of them", () => {
    expect(prove?.jobs["prove"]?.permissions).toEqual({ contents: "read" });
    expect(prove?.jobs["propose"]?.permissions).toEqual({ contents: "write", "pull-requests": "write" });
    expect(prove?.jobs["propose"]?.steps.some(({ run }) => run?.includes("runbook"))).toBe(false);
  });
});

test("the action puts no input into its command", () => {
  expect(action.runs.using).toBe("composite");
  for (const { run } of action.runs.steps) expect(run ?? "").not.toContain("${{");
});
