import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../../src/engine/events.ts";
import { runKilled } from "../../support/killed.ts";
import { makePlace, type Place, pageOf, runPage, undoPage } from "../../support/run-page.ts";

const secret = "s3cr3t pass'word$HOME";
const forms = [
  secret,
  Buffer.from(secret).toString("base64").slice(0, 20),
  encodeURIComponent(secret),
  "s3cr3t",
  "pass'word",
  "pass\\'word",
  "pass'\\''word",
];

/** What a state folder holds, whatever it is written in. */
function stored({ state }: Place): string {
  const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1")).join("\n");
}

function expectHidden(place: Place, ...told: unknown[]): void {
  for (const form of forms) {
    expect(stored(place)).not.toContain(form);
    expect(JSON.stringify(told)).not.toContain(form);
  }
}

const head =
  "  params:\n    TOKEN: { secret: true }\n    URL: { default: { command: 'echo \"http://x/$TOKEN\"', example: x } }\n";

test("a secret is nowhere but in the shell: not in journal, state, events, errors", async () => {
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="plain"', 'echo "$TOKEN"\necho "$TOKEN" >&2'],
        ['sh step="split"', 'for ((i = 0; i < ${#TOKEN}; i++)); do printf %s "${TOKEN:i:1}"; sleep 0.01; done\necho'],
        [
          'sh step="forms"',
          'printf "%q\\n" "$TOKEN"\nprintf %s "$TOKEN" | base64\ndeclare -p TOKEN\necho "${TOKEN@Q}"',
        ],
        ['sh step="trace"', 'set -x\n: "$TOKEN"\necho "x$TOKEN"'],
        [
          'sh step="keep"',
          'copy="<$TOKEN>"\nlist=(a "$TOKEN")\nf() { echo "f $copy"; }\nalias h="echo $copy"\ntrap "echo $copy" USR1\nother=kept',
        ],
        ['sh step="use"', 'echo "$other ${copy#<} ${list[1]}"'],
        ['sh step="hand" sets="AUTH"', 'AUTH="Bearer $TOKEN"'],
        ['sh step="on" on="inner"', 'echo "$AUTH $URL"'],
        ['ini step="file" file="$WORK/conf"', "token = $TOKEN"],
        ['sh step="skip"', "true"],
        ['sh when="skip"', 'echo "not with $TOKEN"\nfalse'],
        ['sh step="differs"', 'echo "$TOKEN"'],
        ['text output="differs"', "nothing"],
        ['sh step="fail"', 'echo "$TOKEN" >&2\n"$TOKEN"'],
        ['sh step="unset"', "${nothing:?$TOKEN}"],
        ['sh step="gone" on="gone"', "true"],
      ],
      `${head}    WORK: { default: "${makePlace({}).work}" }\n  targets:\n    inner: env A="$AUTH"\n    gone: "sh -c 'echo \\"$TOKEN\\" >&2; exit 1'"\n`,
    ),
  });
  const done = await runPage(place, { env: { TOKEN: secret }, keepGoing: true });
  expect(done.output("plain")).toBe("***\n");
  expect(done.output("split")).toBe("***\n");
  expect(done.output("on")).toBe("Bearer *** http://x/***\n");
  expect(done.output("use")).toBe("kept ***> ***\n");
  expect(done.steps.get("page/skip")?.detail).toBe("not with ***");
  expect(done.steps.get("page/gone")?.error?.message).toContain("***");
  expect(done.events.find((event) => event.type === "values")).toMatchObject({ values: { URL: "http://x/***" } });
  expect(done.events[0]).toMatchObject({ values: { TOKEN: "***" } });
  expectHidden(place, done.events, done.result);
  // A file that was there with the secret in it is not kept either.
  const path = join(
    /WORK: \{ default: "(.*)" \}/.exec(readFileSync(join(place.content, "page.md"), "utf8"))?.[1] ?? "",
    "conf",
  );
  expect(readFileSync(path, "utf8")).toBe(`token = ${secret}\n`);
  writeFileSync(path, `old = ${secret}\n`);
  const again = await runPage(place, { env: { TOKEN: secret }, selection: { only: ["file"] } });
  expect(again.steps.get("page/file")?.outcome).toBe("passed");
  const undone = await undoPage(place, { run: again.result.run }, { env: { TOKEN: secret } });
  expect(undone.steps.get("page/file")?.detail).toContain("left as it is");
  expect(readFileSync(path, "utf8")).toBe(`token = ${secret}\n`);
  expectHidden(place, again.events, undone.events);
});

test("a run that is gone on with has its secret given again, and keeps no variable that holds it", async () => {
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="a"', 'copy="<$TOKEN>"\nother=kept'],
        ['sh step="b"', 'echo "$TOKEN ${copy-none} $other ${FAST-}"\n[ -n "${FAST-}" ] || sleep 60'],
        ['sh guard="b"', "false"],
        ['sh step="c"', 'printf %s "$TOKEN" | wc -c'],
      ],
      head,
    ),
  });
  const slow = await runKilled(place, (event: RunEvent) => event.type === "output" && event.step === "b", 50, {
    env: { TOKEN: secret },
  });
  expect(slow.killed).toBe(true);
  expectHidden(place, slow.events);
  await expect(runPage(place, { resume: slow.run, yes: true })).rejects.toMatchObject({ code: "missing-value" });
  const abort = new AbortController();
  const told: RunEvent[] = [];
  const resumed = await runPage(place, {
    resume: slow.run,
    yes: true,
    env: { TOKEN: `${secret}2` },
    interrupt: abort.signal,
    onEvent: (event) => {
      told.push(event);
      if (event.type === "output" && event.step === "b" && event.phase === "run") abort.abort();
    },
  });
  expect(resumed.output("b")).toBe("*** none kept \n");
  expectHidden(place, told);
});
