import { expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";

const set = `LIST=(web1 "two words" [7]=$'a\\nb')\ndeclare -A MAP=([k]=v ["a b"]='c]d')\nBYTES=$'\\xff\\x01x'`;
const show = `printf '<%s>' "\${LIST[@]}" "\${!LIST[@]}" "\${MAP[k]}" "\${MAP[a b]}"\nprintf %s "$BYTES" | od -An -tx1`;
const shown = "<web1><two words><a\nb><0><1><7><v><c]d> ff 01 78\n";

test("arrays and bytes are handed on whole to every bash, and kept for resume", async () => {
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="set" sets="LIST MAP BYTES"', set],
        ['sh step="here"', show],
        ['sh step="there" on="inner"', show],
        ['sh step="stop"', "test -e go"],
        ['sh step="later" on="later"', show],
      ],
      "  targets:\n    inner: env INNER=1\n    later: env LATER=1\n",
    ),
  });
  const done = await runPage(place, { selection: { skip: ["stop"] } });
  expect(done.output("here")).toBe(shown);
  expect(done.output("there")).toBe(shown);
  expect(done.output("later")).toBe(shown);
});

// What `check` can see itself never comes to a run.
test("what can hold no array refuses one that it uses", async () => {
  const page = pageOf([
    ['sh step="set" sets="LIST"', "eval 'LIST=(a b)'"],
    ['ini step="file" file="/tmp/runbook-sets-array-test"', "list = $LIST"],
  ]);
  const done = await runPage(makePlace({ "page.md": page }));
  expect(done.steps.get("page/file")).toMatchObject({ outcome: "failed", error: { code: "sets-array" } });
});
