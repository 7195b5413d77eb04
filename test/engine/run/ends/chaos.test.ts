import { join } from "node:path";
import { expect, test } from "vitest";
import { runCampaign } from "../../../../scripts/chaos/campaign.ts";
import { folderGround } from "../../../../scripts/chaos/folder-ground.ts";
import { makePlace, pageOf } from "../../support/run-page.ts";

const page = pageOf(
  [
    ['sh step="state"', 'mkdir "$WORK/d"; cd "$WORK/d"\nword="the word"'],
    ['sh guard="state"', '[ -d "$WORK/d" ]'],
    ['sh undo="state"', 'rmdir "$WORK/d"'],
    ['sh step="serve" background="true"', 'sh -c \'echo $$ >"$0.pid"; while sleep 0.1; do :; done\' "$WORK"'],
    ['sh proof="serve" within="30s"', 'kill -0 "$(cat "$WORK.pid")"'],
    ['sh undo="serve"', 'rm -f "$WORK.pid"'],
    ['console step="session"', '$ echo one >"$WORK/one.half"\n$ mv "$WORK/one.half" "$WORK/one"'],
    ['sh guard="session"', '[ -e "$WORK/one" ]'],
    ['sh undo="session"', 'rm -f "$WORK/one" "$WORK/one.half"'],
    ['ini step="conf" file="$WORK/deep/conf" mode="0600"', "work = $WORK"],
    ['sh step="fails" exits="3" on="inner"', 'echo x >"$WORK/fails"\nexit 3'],
    ['sh proof="fails" on="host"', '[ -s "$WORK/fails" ]'],
    ['sh undo="fails" on="host"', 'rm -f "$WORK/fails"'],
    ['sh step="end"', 'kill -0 "$(cat "$WORK.pid")"; echo end >"$WORK/end"'],
    ['sh guard="end"', '[ -s "$WORK/end" ]'],
    ['sh undo="end"', 'rm -f "$WORK/end"'],
  ],
  "  params:\n    WORK: { description: The folder }\n  targets:\n    inner: env INNER=1\n",
);

test("a run that is killed, raced, or killed while it is undone comes to the same ends", async () => {
  const place = makePlace({ "page.md": page });
  const ground = folderGround(place.work);
  const told: string[] = [];
  const counts = await runCampaign({
    ground,
    job: {
      contentDir: place.content,
      runbook: "page",
      values: { WORK: place.work },
      stateDir: join(place.state, "chaos"),
    },
    rounds: 4,
    harms: ["kill", "race", "kill-often", "kill-undo"],
    random: Math.random,
    killed: () => {},
    tell: (line) => told.push(line),
  });
  await ground.close();
  expect(counts, told.join("\n")).toEqual({
    kill: { rounds: 1, right: 1 },
    race: { rounds: 1, right: 1 },
    "kill-often": { rounds: 1, right: 1 },
    "kill-undo": { rounds: 1, right: 1 },
  });
});
