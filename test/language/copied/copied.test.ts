import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copySource } from "../../../src/language/copied/copied-script.ts";
import { copyOf } from "../../../src/language/copied/copy.ts";
import { pageData } from "../../../src/language/copied/page-data.ts";
import { wholeScript } from "../../../src/language/copied/script.ts";
import { readPage } from "../../../src/language/index.ts";

const page = `---
title: T
runbook:
  id: t
  params:
    DIR: { description: Where }
    NAME: { default: "web 1" }
    ARCH: { default: { command: 'printf "%s-%s" real "$NAME"', example: wrong } }
  targets:
    box: env "IN=$NAME" sh -c 'exec "$@"' enter
---

\`\`\`sh step="make"
mkdir "$DIR"
cd "$DIR"
X="it's state"
\`\`\`

\`\`\`sh guard="make"
[ -d "$DIR/never" ]
\`\`\`

\`\`\`sh step="inside" on="box"
printf '%s|%s|%s' "$IN" "$ARCH" "$NAME" >"$DIR/inside"
cat >>"$DIR/inside"
\`\`\`

\`\`\`sh proof="inside" within="3s"
[ -s "$DIR/inside" ]
\`\`\`

\`\`\`sh proof="inside" on="host"
grep -q real "$DIR/inside"
\`\`\`

\`\`\`sh step="leaves"
echo "$X" >leaves
exit 0
\`\`\`

\`\`\`ini step="file" file="$DIR/etc/$ARCH.conf" mode="0600"
arch = $ARCH
name = \${NAME} 'x' $OTHER
\`\`\`

\`\`\`sh step="done"
touch "$DIR/never done"
\`\`\`

\`\`\`sh guard="done"
false
true
\`\`\`

\`\`\`sh step="there"
touch "$DIR/there"
\`\`\`

\`\`\`sh guard="there" on="box"
[ "$IN" = "$NAME" ]
\`\`\`

\`\`\`sh step="not"
touch "$DIR/not"
\`\`\`

\`\`\`sh when="not"
false | true
\`\`\`

\`\`\`sh when="not"
echo asked
[ 1 = 2 ]
\`\`\`
`;

async function read(given: Record<string, string>) {
  const { runbook } = await readPage(page, { file: "t.md" });
  if (!runbook) throw new Error("no runbook");
  const data = pageData(runbook);
  const blocks = new Map(data.blocks);
  const source = copySource(data, new Map(Object.entries(given)));
  const copied = (key: string): string => {
    const block = blocks.get(key);
    if (!block) throw new Error(key);
    return copyOf(block, source, blocks.get(`${key}:enter`));
  };
  return { copied, whole: () => wholeScript(data.head, data.steps, blocks, source) };
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "runbook-copied-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const paste = (text: string, cwd: string) =>
  spawnSync("bash", ["--noprofile", "--norc"], { input: `${text}\necho "still here $-"\n`, encoding: "utf8", cwd });

test.each([{}, { NAME: `a'b"c $x` }, { ARCH: "really given" }])(
  "the whole script does what a run does, with %j",
  async (given) => {
    const dir = join(makeFolder(), "work");
    const { whole } = await read({ DIR: dir, ...given });
    const script = whole();
    expect(script).not.toContain("wrong");
    const done = spawnSync("bash", ["-c", script], { encoding: "utf8", input: "what nobody should read" });
    expect([done.status, done.stderr]).toEqual([0, ""]);
    const name = given.NAME ?? "web 1";
    const arch = given.ARCH ?? `real-${name}`;
    expect(readFileSync(join(dir, "inside"), "utf8")).toBe(`${name}|${arch}|${name}`);
    expect(readFileSync(join(dir, "leaves"), "utf8")).toBe("it's state\n");
    expect(readFileSync(join(dir, `etc/${arch}.conf`), "utf8")).toBe(`arch = ${arch}\nname = ${name} 'x' $OTHER\n`);
    expect(["there", "not"].filter((file) => existsSync(join(dir, file)))).toEqual([]);
    expect(existsSync(join(dir, "never done"))).toBe(true);
  },
);

test("a proof that does not hold ends the whole script", async () => {
  const dir = join(makeFolder(), "work");
  const { whole } = await read({ DIR: dir, ARCH: "no such text" });
  const done = spawnSync("bash", ["-c", whole()], { encoding: "utf8" });
  expect([done.status, done.stderr]).toEqual([1, expect.stringContaining("inside: its proof does not hold")]);
  expect(existsSync(join(dir, "leaves"))).toBe(false);
  expect(paste(whole(), tmpdir()).stdout).toMatch(/^still here/m);
});

test("a copied step carries its target, computes what is computed, and ends no terminal", async () => {
  const dir = makeFolder();
  const { copied } = await read({ DIR: dir });
  const inside = paste(copied("inside"), dir);
  expect(inside.stdout).toMatch(/^still here/m);
  expect(readFileSync(join(dir, "inside"), "utf8")).toBe("web 1|real-web 1|web 1");
  const leaves = paste(`X=1\n${copied("leaves")}`, dir);
  expect(leaves.stdout).toMatch(/^still here/m);
  expect(copied("there:guard:0")).toMatch(/^env "IN=web 1" sh -c 'exec "\$@"' enter sh -c .* <<'EOF'\n/);
  expect(paste(copied("file"), dir).stdout).toMatch(/^still here/m);
  expect(readFileSync(join(dir, "etc/real-web 1.conf"), "utf8")).toContain("arch = real-web 1\n");
});

test("where a value can't be worked out, nothing of a copied text runs", async () => {
  const dir = makeFolder();
  const { copied, whole } = await read({ DIR: join(dir, "x") });
  mkdirSync(join(dir, "x"));
  const broken = (text: string): string => text.replaceAll('printf "%s-%s" real', "no-such-command");
  expect(paste(broken(copied("inside")), dir).stdout).toMatch(/^still here/m);
  expect(spawnSync("bash", ["-c", broken(whole())]).status).toBe(127);
  expect(existsSync(join(dir, "x/inside"))).toBe(false);
});

test.runIf(process.getuid?.() === 0)("a copied file is not written where another user could swap it", async () => {
  const folder = makeFolder();
  chmodSync(folder, 0o755);
  const dir = join(folder, "app");
  mkdirSync(join(dir, "etc"), { recursive: true });
  writeFileSync(join(dir, "x"), "");
  spawnSync("chown", ["-R", "4242:4242", dir]);
  const { copied } = await read({ DIR: dir });
  expect(paste(copied("file"), dir).stderr).toContain("another user owns the folder");
  expect(existsSync(join(dir, "etc/real-web 1.conf"))).toBe(false);
});
