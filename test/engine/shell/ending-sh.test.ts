import { describe, expect, test } from "vitest";
import { processesOf } from "../support/processes.ts";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";
import { ends } from "../support/steps.ts";
import { canMount, shNames, targetWith } from "../support/with-sh.ts";

describe.runIf(canMount).each(shNames)("on a target without /proc whose only shell is %s", (name) => {
  test("a limit ends all that its step started, and the run's end what was left", async () => {
    const { work } = makePlace({});
    const stays = `sh -c "sleep 60; : ${work}"`;
    const steps: [string, string][] = [
      ['sh step="one" on="box"', "x=kept"],
      ['sh step="slow" on="box" timeout="500ms"', `trap "" TERM\n${stays} &\n${stays}`],
      ['sh step="after" on="box"', 'echo "$x"'],
      ['sh step="left" on="box"', `${stays} &`],
      ['sh step="serve" on="box" background="true"', `touch ${work}/up\n${stays}`],
      ['sh proof="serve" within="20s"', `[ -e ${work}/up ]`],
      ['sh step="end" on="box"', "echo end"],
    ];
    const head = `  targets:\n    box: ${JSON.stringify(targetWith(name, { proc: false }))}\n`;
    const begun = performance.now();
    const done = await runPage(makePlace({ "page.md": pageOf(steps, head) }), { keepGoing: true });
    expect(performance.now() - begun).toBeLessThan(40_000);
    const slow = expect.stringMatching(/^timeout /);
    expect(ends(done)).toEqual(["passed", slow, "passed", "passed", "passed", "passed"]);
    expect([done.output("after"), done.output("end")]).toEqual(["kept\n", "end\n"]);
    expect(processesOf(work)).toEqual([]);
  });
});
