import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}

interface Job {
  needs?: string;
  permissions: Record<string, string>;
  steps: Step[];
}

const file = join(import.meta.dirname, "../../.github/workflows/pages.yml");
const workflow: { permissions: object; jobs: { build: Job; deploy: Job } } = parse(readFileSync(file, "utf8"));
const { build, deploy } = workflow.jobs;

test("only the job that deploys may, and it builds nothing", () => {
  expect(workflow.permissions).toEqual({ contents: "read" });
  expect(build.permissions).toEqual({ contents: "read", pages: "read" });
  expect(deploy.permissions).toEqual({ pages: "write", "id-token": "write" });
  expect(deploy.needs).toBe("build");
  expect(deploy.steps.some(({ run }) => run)).toBe(false);
});

test("the build knows where the site will be, with the whole history", () => {
  const step = build.steps.find(({ run }) => run === "npm run build");
  expect(step?.env?.["SITE_URL"]).toContain("outputs.origin");
  expect(step?.env?.["BASE_PATH"]).toContain("outputs.base_path");
  expect(build.steps[0]?.with?.["fetch-depth"]).toBe(0);
  expect(build.steps.at(-1)?.with?.["path"]).toBe("dist");
});
