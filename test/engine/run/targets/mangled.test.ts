import { expect, test } from "vitest";
import { Passed } from "../../../../src/engine/shell/passed.ts";
import { EnterError } from "../../../../src/engine/shell/protocol/wire.ts";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";

test.each(["python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])'", "script --quiet --command sh /dev/null #"])(
  "a terminal is named as the cause, and nothing of the runner's own is shown: %s",
  async (command) => {
    const head = `  targets:\n    box: ${JSON.stringify(command)}\n`;
    const done = await runPage(makePlace({ "page.md": pageOf([['sh step="a" on="box"', "echo hi"]], head) }));
    expect(done.steps.get("page/a")?.error).toMatchObject({
      code: "target-mangles",
      message: "The command of the target `box` gives its shell a terminal, which changes what goes through it.",
    });
    expect(JSON.stringify(done.events)).not.toMatch(/rb_|printf|u001e/);
  },
);

test.each([
  ["0123abc B", "", false, "changed"],
  ["", "", true, "silent"],
  ["", "no such machine", true, undefined],
  ["Welcome", "", false, undefined],
])("what came through as %j, with %j said, is explained", (through, said, late, mangles) => {
  const passed = new Passed("0123abc");
  passed.take("stdout", Buffer.from(through));
  expect(passed.explained(new EnterError("lost", said), late)).toMatchObject({ mangles });
});
