import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseEvidence } from "../../src/evidence/index.ts";
import { proofStates } from "../../src/site/proof/states.ts";

const page = readFileSync(join(import.meta.dirname, "../../content/authors/proof.md"), "utf8");

/** The first cells of the table below a heading. */
function firstCells(heading: string): string[] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [, ...rows] = (/\n(\|.*\n)+/.exec(section)?.[0] ?? "").trim().split("\n").slice(1);
  return rows.map((row) => row.split("|")[1]?.trim() ?? "");
}

describe("the page on proof", () => {
  const [, example = ""] = /```json\n(.*?)```/s.exec(page) ?? [];

  test("shows evidence that can be read", () => {
    const { evidence, problems } = parseEvidence(example, "content/authors/evidence/netns@lxc-debian-12-amd64.json");
    expect(problems).toEqual([]);
    expect(evidence?.runbook).toBe("netns");
  });

  test("tells of each of its fields", () => {
    const told = firstCells("What evidence holds").flatMap((cell) => cell.replaceAll("`", "").split(", "));
    const fields = Object.keys(JSON.parse(example));
    expect([...told, "version", "runbook"].sort()).toEqual(fields.sort());
  });

  test("names the states as the site does", () => {
    expect(firstCells("How the site shows it")).toEqual(
      expect.arrayContaining(Object.values(proofStates).map(({ words }) => words)),
    );
  });
});
