import { createRenderer } from "@astrojs/starlight/expressive-code";
import { toHtml } from "@astrojs/starlight/expressive-code/hast";
import { afterEach, expect, test, vi } from "vitest";
import { wholeTime } from "../../../src/site/markdown/code/whole-time.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const colours = async (): Promise<string> => {
  const { ec } = await createRenderer({ shiki: { transformers: [wholeTime] } });
  const { renderedGroupAst } = await ec.render({ code: 'if true; then echo "one" | grep two; fi', language: "sh" });
  return toHtml(renderedGroupAst);
};

test("code is coloured to the end of each line however busy the machine is", async () => {
  const rested = await colours();
  let now = 0;
  vi.spyOn(Date, "now").mockImplementation(() => {
    now += 1000;
    return now;
  });
  expect(await colours()).toBe(rested);
});
