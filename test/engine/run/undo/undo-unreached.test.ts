import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canBox, startBox } from "../../support/box.ts";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

test.runIf(canBox)(
  "an undo whose host can't be entered any more fails, and what is there can still be undone",
  async () => {
    const { work } = makePlace({});
    const page: [string, string][] = ["a", "b", "c"].flatMap((id) => [
      [`sh step="${id}"`, `cd ${work}\nx=1\n: >${id}`],
      [`sh undo="${id}"`, `rm ${id}`],
    ]);
    const place = makePlace({ "page.md": pageOf(page) });
    const box = await startBox(work);
    const done = await runPage(place, { box });
    const gone = { ...box, shell: { ...box.shell } };
    const failed = await undoPage(
      place,
      { run: done.result.run },
      {
        box: gone,
        onEvent: (event) => {
          if (event.type !== "step-finished" || event.step !== "c") return;
          gone.shell.args = ["-c", "echo no such machine >&2; exit 1"];
          spawnSync("pkill", [
            "--signal",
            "KILL",
            "--full",
            `nsenter --target ${readFileSync(join(work, "init"), "utf8")} `,
          ]);
        },
      },
    );
    expect(failed.result.outcome).toBe("failed");
    const codes = failed.events.flatMap((event) => (event.type === "step-finished" ? [event.error?.code] : []));
    expect(codes.slice(0, 2)).toEqual([undefined, expect.stringMatching(/^target-/)]);
    const undone = await undoPage(place, { run: done.result.run }, { box });
    expect(undone.result.outcome).toBe("passed");
    expect(["a", "b", "c"].filter((id) => existsSync(join(work, id)))).toEqual([]);
  },
);

test.runIf(canBox)("a host that goes down, and does not say so while it does, is waited for", async () => {
  const { work } = makePlace({});
  // As on a host whose systemd takes no more questions, but whose processes are still there.
  writeFileSync(join(work, "systemctl"), "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
  const silent = `mount --bind ${work}/systemctl "$(command -v systemctl)"`;
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="a"', `: >${work}/a`],
      ['sh undo="a"', `[ -e ${work}/restarted ] && rm ${work}/a`],
      ['sh step="b" reboot="true" timeout="30s"', `touch ${work}/restart; sleep 60`],
      ['sh undo="b"', `rm ${work}/restarted\n${silent}`],
    ]),
  });
  const box = await startBox(work);
  const done = await runPage(place, { box });
  expect(done.result.outcome).toBe("passed");
  const undone = await undoPage(
    place,
    { run: done.result.run },
    {
      box,
      onEvent: (event) => {
        if (event.type !== "phase-finished" || event.step !== "b") return;
        setTimeout(() => writeFileSync(join(work, "restart"), ""), 12_000);
      },
    },
  );
  expect(undone.result.outcome, JSON.stringify(undone.events)).toBe("passed");
  expect(existsSync(join(work, "a"))).toBe(false);
});
