import { expect, test } from "vitest";
import { finalScreen } from "../../scripts/picture/screen.ts";

function texts(written: string): string[] {
  return finalScreen(written).map((line) => line.map(({ text }) => text).join(""));
}

test.each([
  ["lines", "a\r\nb\r\n", ["a", "b", ""]],
  ["a line written over", "running\rpassed ", ["passed "]],
  ["an area drawn again", "one\r\ntwo\r\nthree\r\n\u001b[2A\r\u001b[Jnew\r\n", ["one", "new", ""]],
  ["the rest of a line erased", "abc\r\u001b[Kx", ["x"]],
  ["more than one character a code unit", "✓ 🙂", ["✓ 🙂"]],
])("%s", (_, written, shown) => {
  expect(texts(written)).toEqual(shown);
});

test("colours, bold and dim", () => {
  expect(finalScreen("\u001b[32mok\u001b[39m \u001b[1mb\u001b[22m\u001b[2md")).toEqual([
    [
      { text: "ok", look: { colour: "green" } },
      { text: " ", look: {} },
      { text: "b", look: { bold: true } },
      { text: "d", look: { dim: true } },
    ],
  ]);
});
