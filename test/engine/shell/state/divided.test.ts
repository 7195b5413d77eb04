import { describe, expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";
import { canMount, shNames, targetWith } from "../../support/with-sh.ts";

/** Steps whose texts are of ten lengths one after the other, so that each digit is the last of one of them. */
const lengths = Array.from({ length: 10 }, (_, index) => "#".repeat(index + 1));

/** Characters of which numbers, names, paths and ends of texts are made, one at a time: between several, nothing is lost. */
const dividers = ["7", "#", " \t\n7"];

const targets = [
  { name: "bash", words: undefined },
  ...(canMount ? shNames : []).map((name) => ({ name, words: targetWith(name) })),
];

describe.each(targets)("in $name", ({ words }) => {
  const on = words === undefined ? "" : ' on="box"';
  const head = words === undefined ? "" : `  targets:\n    box: ${JSON.stringify(words)}\n`;

  test.each(dividers.flatMap((ifs) => ["", "\nreadonly IFS"].map((more) => ({ ifs, more }))))(
    "what an IFS divides is the page's alone: %j",
    async ({ ifs, more }) => {
      const page = pageOf(
        [
          [`sh step="set"${on}`, `IFS='${ifs}'${more}`],
          ...lengths.map((text, index): [string, string] => [
            `sh step="s${index}"${on}`,
            `x=a7b${text.slice(1)}\nset -- $x\necho "$# $x" ${text}`,
          ]),
        ],
        head,
      );
      const place = makePlace({ "page.md": page });
      const run = await runPage(place, { id: "page" });
      for (const [index, text] of lengths.entries()) {
        expect(run.steps.get(`page/s${index}`), JSON.stringify(run.events)).toMatchObject({ outcome: "passed" });
        expect(run.output(`s${index}`, "stdout")).toMatch(new RegExp(`^\\d+ a7b${text.slice(1)}\n$`));
      }
    },
  );
});
