import { expect, test } from "vitest";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { staleness } from "../../../src/verify/layer/explain.ts";
import { endStateOf, layersBelow, recordOf } from "../../../src/verify/layer/layer-inputs.ts";
import { imageOf } from "../../../src/verify/machine/image/images.ts";

async function runbook(id: string, text: string, requires: string[] = [], more = ""): Promise<Runbook> {
  const head = `title: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires.join(", ")}]\n`;
  const file = { file: `${id}.md` };
  const { runbook: read } = await readPage(`---\n${head}${more}---\n\n\`\`\`sh step="s"\n${text}\n\`\`\`\n`, file);
  return read as Runbook;
}

const ground = { image: imageOf("debian-12", "lxc"), sealed: false };
const parameter = "  params:\n    NAME: { default: a }\n";

/** The host alone, a tool alone, and a page that has the tool on the host: with two values of the host's. */
const pages = async (host: string, tool: string): Promise<[Runbook, Runbook, Runbook]> => [
  await runbook("host", host, [], parameter),
  await runbook("tool", tool),
  await runbook("both", "true", ["host", "tool"], "  verify:\n    values:\n      - { NAME: b }\n"),
];

const why = (runbooks: Runbook[]) => staleness(new Map(runbooks.map((one) => [one.id, one])));

test("a layer between a page and the system is taken, also where it stands on another page", async () => {
  const all = await pages("true", "true");
  const [host, tool, both] = all;
  const whyStale = why(all);
  const records = [
    ...layersBelow(ground, [host, tool, both], {}),
    ...layersBelow(ground, [host, tool, both], { NAME: "b" }),
    endStateOf(ground, [host, tool, both], {}),
    endStateOf(ground, [tool], {}),
  ].map(recordOf);
  expect(new Set(records.map(({ key }) => key)).size).toBe(7);
  for (const record of records) expect(whyStale(record), record.title).toBeUndefined();
});

test("what is stale says what changed, by the layer that is most like it", async () => {
  const [host, tool, both] = await pages("true", "true");
  const record = recordOf(endStateOf(ground, [host, tool], {}));
  expect(why(await pages("true", "false"))(record)).toBe("its steps changed");
  expect(why(await pages("false", "true"))(record)).toMatch(/^what it stands on changed/);
  expect(why([host])(record)).toBe("there is no such runbook any more");
  expect(why([host, tool, both])(recordOf(endStateOf(ground, [host], { NAME: "c" })))).toBe("its values changed");
});
