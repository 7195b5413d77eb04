import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS, FRAMES } from "../../../src/engine/shell/protocol/protocol.ts";

const room = join(import.meta.dirname, "../../../src/engine/shell");
const scripts = readdirSync(join(room, "scripts")).map((name) => ({
  name,
  text: readFileSync(join(room, "scripts", name), "utf8"),
}));
const sources = readdirSync(room, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith("/protocol.ts"))
  .map((name) => readFileSync(join(room, name), "utf8"))
  .join("\n");

/** The frames that the scripts write, each with the stream that it goes to. */
function written(): Set<string> {
  const found = new Set<string>();
  for (const { text } of scripts) {
    for (const line of text.split("\n").filter((line) => !line.trim().startsWith("#"))) {
      const stderr = />&4|__rb_errors|rb_say_error/.test(line);
      for (const [, kind] of line.matchAll(/\\036%s ([A-Z0-9])\b/g))
        found.add(`${kind} ${stderr ? "stderr" : "stdout"}`);
      for (const [, kind] of line.matchAll(/rb_frame ([A-Z0-9])\b/g)) found.add(`${kind} stdout`);
    }
  }
  for (const [, kind] of sources.matchAll(/\\\\036\$\{nonce\} ([A-Z0-9])\\\\037/g)) found.add(`${kind} stdout`);
  return found;
}

test("the scripts write the frames of the table, on their streams, and no others", () => {
  const rows = Object.entries(FRAMES).flatMap(([kind, { stream }]) =>
    (stream === "both" ? ["stdout", "stderr"] : [stream]).map((one) => `${kind} ${one}`),
  );
  expect([...written()].sort()).toEqual(rows.sort());
});

test("the runner waits for, or takes, every frame of the table", () => {
  const expected = [...sources.matchAll(/expect\("([A-Z0-9]+)"\)/g)].flatMap(([, kinds = ""]) => [...kinds]);
  const taken = [...sources.matchAll(/kind [!=]==? "([A-Z0-9])"/g)].map(([, kind = ""]) => kind);
  expect([...new Set([...expected, ...taken])].sort()).toEqual(Object.keys(FRAMES).sort());
});

test("the supervisor takes the commands of the table and no others, and the runner sends only these", () => {
  const supervisor = scripts.find(({ name }) => name === "supervisor.sh")?.text ?? "";
  const taken = [...supervisor.matchAll(/^ {6}([a-z]+)\) /gm), ...supervisor.matchAll(/^ {6}([a-z]+)\)$/gm)].map(
    ([, word]) => word,
  );
  expect(taken.sort()).toEqual(Object.keys(COMMANDS).sort());
  const sent = [...sources.matchAll(/(?:send|sendSoon|from)\([`"]([a-z]+)[ \\]/g)].map(([, word]) => word);
  expect([...new Set(sent)].sort()).toEqual(Object.keys(COMMANDS).sort());
});
