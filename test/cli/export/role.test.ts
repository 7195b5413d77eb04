import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { run } from "../run.ts";

const pages = join(import.meta.dirname, "../fixtures/pages");

/** Each task costs a connection to each host, so a step, whatever it is made of, must not take a second one. */
test("a role has one task for each step, whatever the step is made of", () => {
  const folder = mkdtempSync(join(tmpdir(), "runbook-role-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const words = ["export", "export-top", "--to", "ansible", "--output", folder, "--content", pages, "DIR=/x"];
  expect(run(words).stderr).toBe("");
  const role = join(folder, "roles/export_top");
  const tasksOf = (id: string) =>
    (parse(readFileSync(join(role, `tasks/${id}.yml`), "utf8")) as { name: string }[]).map(({ name }) => name);
  for (const id of ["export-base", "export-top"]) {
    const page = readFileSync(join(pages, `${id}.md`), "utf8");
    const steps = [...page.matchAll(/^ *```.* step="([^"]+)"/gm)].map(([, step]) => `${id}/${step}`);
    expect(tasksOf(id)).toEqual(steps);
  }
  expect(tasksOf("begin")).toEqual(["Begin"]);
  expect(readdirSync(join(role, "library"))).toEqual(["export_top_step.py"]);
});
