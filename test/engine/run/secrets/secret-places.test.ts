import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

const secret = "canary-0123456789";

/** What the process list says, again and again until it is stopped, where it has the secret. */
function watchProcesses(): { seen: Set<string>; stop: () => void } {
  const seen = new Set<string>();
  const look = (): void => {
    for (const pid of readdirSync("/proc")) {
      if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "latin1");
        if (words.includes(secret)) seen.add(words.replaceAll("\0", " "));
      } catch {
        // It has ended.
      }
    }
  };
  const timer = setInterval(look, 4);
  return { seen, stop: () => clearInterval(timer) };
}

const slow = "sleep 0.05";

test("a secret stands on no command line while a page runs and is undone", async () => {
  const { work } = makePlace({});
  const steps: [string, string][] = ["host", "inner"].flatMap((on): [string, string][] => [
    [`sh step="${on}" on="${on}" sets="${on.toUpperCase()}"`, `X="<$TOKEN>"; ${slow}\n${on.toUpperCase()}="$X"`],
    [`sh step="${on}-2" on="${on}"`, `echo "$X" >"$WORK/${on}"; ${slow}`],
    [`sh guard="${on}-2"`, `${slow}; [ -e "$WORK/${on}" ]`],
    [`sh proof="${on}-2"`, `${slow}; grep -q . "$WORK/${on}"`],
    [`sh undo="${on}-2"`, `${slow}; rm "$WORK/${on}"`],
    [`ini step="${on}-file" on="${on}" file="$WORK/${on}-file" mode="0600"`, "token = $TOKEN"],
    [`ini step="${on}-again" on="${on}" file="$WORK/${on}-file"`, "none"],
  ]);
  const head = `  params:\n    TOKEN: { secret: true }\n    WORK: { default: "${work}" }\n    URL: { default: { command: 'echo "x-$TOKEN"', example: x } }\n  targets:\n    inner: env INNER=1\n`;
  const place = makePlace({ "page.md": pageOf(steps, head) });
  const env = { TOKEN: secret };
  const { seen, stop } = watchProcesses();
  const done = await runPage(place, { env });
  expect(done.result.outcome).toBe("passed");
  const undone = await undoPage(place, { run: done.result.run }, { env });
  stop();
  expect([...seen]).toEqual([]);
  expect(JSON.stringify([done.events, undone.events])).not.toContain(secret);
});

test("what is wrong with a default is told without the secret that is in it", async () => {
  const place = makePlace({
    "page.md": pageOf(
      [['sh step="a"', "true"]],
      `  params:\n    TOKEN: { secret: true }\n    URL: { default: { command: 'echo "http://$TOKEN/"', example: x }, pattern: "[a-z]+" }\n`,
    ),
  });
  const done = await runPage(place, { env: { TOKEN: secret } });
  expect(done.steps.get("page/a")?.error).toMatchObject({
    code: "computed-bad",
    message: expect.stringContaining('"http://***/" does not match'),
  });
  const kept = readdirSync(place.state, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  expect(JSON.stringify([done.events, kept])).not.toContain(secret);
});
