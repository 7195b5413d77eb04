import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { restoring } from "../../../src/engine/shell/state/restore.ts";
import { readShState, shRestoring } from "../../../src/engine/shell/state/sh-state.ts";
import { keptState, readState, type ShellState } from "../../../src/engine/shell/state/state.ts";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";

/** A bash program that prints what any process could be asked by everybody: command lines, and environments. */
const dumper = `while :; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null; done >"$1/seen" &
echo $! >"$1/pid"`;

test("what the runner and its shells know only between them stands in no command line and no environment", async () => {
  const place = makePlace({});
  writeFileSync(join(place.work, "dumper"), dumper);
  const page = pageOf(
    [
      // In a session of its own, it watches the steps, checks, restarts and the undo that follow.
      ['sh step="watch"', `setsid bash ${place.work}/dumper ${place.work} </dev/null >/dev/null 2>&1`],
      ['sh step="tell"', `printf %s "$__rb_nonce" >${place.work}/nonces`],
      ['sh step="on" on="inner"', `printf '\\n%s' "$__rb_nonce" >>${place.work}/nonces`],
      ['sh step="dies"', "kill -9 $$"],
      ['sh step="again"', "sleep 0.2"],
      ['sh step="stop"', `kill $(cat ${place.work}/pid)`],
    ],
    "  targets:\n    inner: env\n",
  );
  await runPage({ ...place, content: makePlace({ "page.md": page }).content }, { keepGoing: true });
  const nonces = readFileSync(join(place.work, "nonces"), "utf8").split("\n");
  expect(nonces.map((nonce) => nonce.length)).toEqual([32, 32]);
  const seen = readFileSync(join(place.work, "seen"), "latin1");
  expect(seen.length).toBeGreaterThan(10_000);
  for (const nonce of nonces) expect(seen.includes(nonce)).toBe(false);
});

test("frames in a step's output that another made change nothing", async () => {
  const forged = ["D 1 0 - 0 0 ", "X 1 0", "E", "Q", "S x", "Z 1", "V x y", "L free", "R bash 1 none", "W 1"];
  const nonce = "0".repeat(32);
  const print = forged.map((frame) => `printf '\\036${nonce} ${frame}\\037'`).join("\n");
  const page = pageOf([
    ['sh step="forge" sets="X"', `X=true\n${print}\n( ${print.replaceAll("\n", "; ")} ) >&2`],
    ['sh step="next"', 'echo "$X"; false'],
  ]);
  const done = await runPage(makePlace({ "page.md": page }));
  expect(done.output("forge")).toBe(forged.map((frame) => `\x1e${nonce} ${frame}\x1f`).join(""));
  expect(done.output("next")).toBe("true\n");
  expect(done.steps.get("page/next")).toMatchObject({ outcome: "failed", exitCode: 1 });
});

const evil = "touch /tmp/pwned";
const state: ShellState = {
  functions: `f () \n{ \n    :\n}\n${evil}\n`,
  attributes: `declare -f f\ndeclare -f g;${evil}\n`,
  traps: `trap -- ':' USR1;${evil}\n`,
  aliases: `alias a;${evil}='x'\n`,
  umask: `022; ${evil}`,
  options: `noglob;${evil}:$(${evil})`,
  shellOptions: `dotglob;${evil}:$(${evil})`,
  folder: `/tmp; ${evil}`,
  logicalFolder: `/tmp/$(${evil})`,
  exitTrap: "",
  stack: `/tmp;${evil} $(${evil})`,
  words: `bash;${evil} $(${evil})`,
  softLimits: `x (-c) 0;${evil}\n`,
  hardLimits: `x (-c) $(${evil})\n`,
  variables: `declare -- a=1;${evil}\ndeclare -i i="a[$(${evil})]"\ndeclare -n n="a[$(${evil})]"\ndeclare -;${evil} b="1"\ndeclare -a c=([$(${evil})]="1")\n`,
};

test("a state is data: whatever it says, nothing of it stands unquoted among the commands that restore it", () => {
  const { commands, refused } = restoring(state);
  // All quoting is in single quotes, with or without a dollar sign before.
  const bare = commands.replace(/\$?'(?:[^'\\]|\\.)*'/g, "''");
  expect(bare).not.toContain("touch");
  expect(refused).toContain("f");
});

test("the same of a shell without bash", () => {
  const variables = {
    rb_umask: state.umask,
    rb_folder: state.folder,
    rb_aliases: state.aliases,
    rb_options: `set -o x;${evil}`,
  };
  const more = {
    rb_soft: `nofiles ${evil}`,
    rb_words: `1;${evil}`,
    rb_exported: `export a;${evil}`,
    x: evil,
    rb_user_exit: evil,
  };
  const read = readShState(JSON.stringify({ kind: "sh", variables: { ...variables, ...more }, functions: {} }));
  const bare = shRestoring(read as NonNullable<typeof read>).replace(/'[^']*'/g, "''");
  expect(bare).not.toContain("touch");
});

test("a report that is cut, or a state that is damaged, is none", () => {
  expect(keptState("a\x1dnonce\x1db", "nonce")).toBe("");
  expect(readState('{"functions":""}')).toBeUndefined();
  expect(readState("{")).toBeUndefined();
});
