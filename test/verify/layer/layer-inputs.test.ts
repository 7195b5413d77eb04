import { expect, test } from "vitest";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { endStateOf, layersBelow } from "../../../src/verify/layer/layer-inputs.ts";
import { imageOf } from "../../../src/verify/machine/image/images.ts";

async function runbook(id: string, text: string, requires: string[] = [], prose = ""): Promise<Runbook> {
  const params = "  params:\n    NAME: { default: a }\n";
  const head = `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires.join(", ")}]\n${params}---\n`;
  const { runbook: read } = await readPage(`${head}\n${prose}\n\n\`\`\`sh step="s"\n${text}\n\`\`\`\n`, {
    file: `${id}.md`,
  });
  return read as Runbook;
}

const ground = { image: imageOf("debian-12", "lxc"), sealed: false };
const keys = (order: Runbook[], values = {}): string[] => layersBelow(ground, order, values).map(({ key }) => key);

test("a proof stands on the end state of what it requires, that on the system", async () => {
  const order = [
    await runbook("one", "true"),
    await runbook("two", "true", ["one"]),
    await runbook("three", "true", ["two"]),
  ];
  const layers = layersBelow(ground, order, {});
  expect(layers.map(({ title }) => title)).toEqual(["debian-12", "one on debian-12", "two on debian-12"]);
  expect(endStateOf(ground, order.slice(0, 2), {}).key).toBe(layers[2]?.key);
});

test("a change makes anew what stands on it, and no more", async () => {
  const [one, two, other] = [await runbook("one", "true"), await runbook("two", "true"), await runbook("two", "false")];
  const last = await runbook("three", "true");
  const [before, after] = [keys([one, two, last]), keys([one, other, last])];
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(after[2]).not.toBe(before[2]);
});

test("prose and undo change nothing; a value and a system do", async () => {
  const [one, last] = [await runbook("one", "true"), await runbook("two", "true")];
  for (const more of ["More prose.", '```sh undo="s"\nfalse\n```']) {
    const other = await runbook("one", "true", [], more);
    expect(keys([other, last])).toEqual(keys([one, last]));
  }
  expect(keys([one, last], { NAME: "b" })[1]).not.toBe(keys([one, last])[1]);
  expect(layersBelow({ ...ground, image: imageOf("debian-13", "lxc") }, [one, last], {})[0]?.key).not.toBe(
    keys([one, last])[0],
  );
});

test("an unknown system is refused with the nearest name", () => {
  expect(() => imageOf("debian12", "lxc")).toThrow(/no image "debian12"/);
});
