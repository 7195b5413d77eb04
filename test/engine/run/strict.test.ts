import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";

test("pipefail holds in steps and not in when, guards and proofs", async () => {
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        ['sh step="a"', "false | true"],
        ['sh step="b"', "echo no"],
        ['sh guard="b"', "yes | head -n 1 | grep --quiet y"],
        ['sh step="c"', "true"],
        ['sh proof="c"', "false | true"],
        ['sh guard="c"', "false"],
        ['sh step="d"', "echo no"],
        ['sh when="d"', "true | false"],
      ]),
    }),
    { keepGoing: true },
  );
  expect([...done.steps.values()].map(({ outcome, reason }) => reason ?? outcome)).toEqual([
    "failed",
    "guard",
    "passed",
    "when",
  ]);
});

test("a check fails at its first failing command, in a substitution too", async () => {
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        ['sh step="a"', "echo ran"],
        ['sh guard="a"', "x=$(false; echo yes)\n[ $x = yes ]"],
        ['sh step="b"', "echo ran"],
        ['sh guard="b"', "false\ntrue"],
        ['sh step="c"', "echo ran"],
        ['sh guard="c"', "[ \"$nothing\" = '' ]"],
      ]),
    }),
  );
  expect([done.output("a"), done.output("b"), done.output("c")]).toEqual(["ran\n", "ran\n", "ran\n"]);
});

test("a guard that ends by a signal, or is missing a command in a pipeline's end, is broken", async () => {
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        ['sh step="a"', "echo no"],
        ['sh guard="a"', "kill -s TERM $BASHPID"],
        ['sh step="b"', "echo no"],
        ['sh guard="b"', "true | no-such-command"],
      ]),
    }),
    { keepGoing: true },
  );
  for (const step of ["a", "b"]) {
    expect(done.steps.get(`page/${step}`)).toMatchObject({ outcome: "failed", error: { code: "guard-broken" } });
    expect(done.output(step)).toBe("");
  }
});

test("checks see the state and change none of it, whatever they do to their shell", async () => {
  const done = await runPage(
    makePlace({
      "page.md": pageOf([
        ['sh step="a"', "x=1\nf() { echo f; }\ntrap ': usr' USR1"],
        ['sh step="b"', 'echo "$x $(f) $(pwd) $(umask)"; trap -p USR1'],
        [
          'sh guard="b"',
          "[ $x = 1 ] && [ $(f) = f ]\nx=2\nf() { echo g; }\ncd /proc\numask 777\ntrap - USR1\nset -f\nexit 1",
        ],
        ['sh proof="b"', '[ "$x" = 1 ]\nexec true'],
      ]),
    }),
  );
  expect(done.steps.get("page/b")?.outcome).toBe("passed");
  expect(done.output("b")).toMatch(/^1 f \S+ 0?0\d\d\ntrap -- ': usr' (SIG)?USR1\n$/);
});

test("a value of any allowed characters reaches programs as one argument, and files as it is", async () => {
  const { work } = makePlace({});
  const character = fc.oneof(
    fc.constantFrom(
      ..."'\"\\$`!*?[]{}()<>|&;~#% \t-=",
      "$(id)",
      "${HOME}",
      "`id`",
      "\\n",
      "'\\''",
      "€",
      "😀",
      "\u00a0",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 }),
  );
  const value = fc.array(character, { maxLength: 12 }).map((parts) =>
    parts
      .join("")
      .toWellFormed()
      .replace(/[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufffd]/g, ""),
  );
  const values = fc.sample(value, 60);
  values.push("", " ", "-n", "a\tb", "\\", "'", "x ".repeat(2000));
  const given = Object.fromEntries(values.map((text, index) => [`V${index}`, text]));
  const params = values.map((_, index) => `    V${index}: { default: "" }\n`).join("");
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="host"', values.map((_, index) => `printf '%s\\0' "$V${index}" >>${work}/host`).join("\n")],
        [
          'sh step="program"',
          values.map((_, index) => `/usr/bin/printf '%s\\0' "$V${index}" >>${work}/program`).join("\n"),
        ],
        ['sh step="env"', `env -0 >${work}/env`],
        [
          'sh step="inner" on="inner"',
          values.map((_, index) => `/usr/bin/printf '%s\\0' "$V${index}" >>${work}/inner`).join("\n"),
        ],
        ...values.map((_, index): [string, string] => [`txt step="f${index}" file="$WORK/f${index}"`, `<$V${index}>`]),
      ],
      `  params:\n    WORK: { default: "${work}" }\n${params}  targets:\n    inner: env V="$V1"\n`,
    ),
  });
  const done = await runPage(place, { given });
  expect(done.result.outcome).toBe("passed");
  const read = (name: string) => readFileSync(join(work, name), "utf8").split("\0").slice(0, -1);
  expect(read("host")).toEqual(values);
  expect(read("program")).toEqual(values);
  expect(read("inner")).toEqual(values);
  const environment = read("env");
  for (const [index, text] of values.entries()) {
    expect(environment).toContain(`V${index}=${text}`);
    expect(readFileSync(join(work, `f${index}`), "utf8")).toBe(`<${text}>\n`);
  }
  expect(execFileSync("sh", ["-c", `ls ${work} | wc -l`], { encoding: "utf8" }).trim()).toBe(String(values.length + 4));
});

test("a value of several lines is one argument too, on a target as well", async () => {
  const text = "one\n\n  'two' \\n $x\nthree\n";
  const done = await runPage(
    makePlace({
      "page.md": pageOf(
        [
          ['sh step="a"', "printf '<%s>' \"$V\""],
          ['sh step="b" on="inner"', "printf '<%s>' \"$V\""],
          ['sh step="c" sets="W"', 'W="$V"'],
          ['sh step="d" on="inner"', "printf '<%s>' \"$W\""],
        ],
        "  params:\n    V: { default: x, multiline: true }\n  targets:\n    inner: env\n",
      ),
    }),
    { given: { V: text } },
  );
  expect([done.output("a"), done.output("b"), done.output("d")]).toEqual([`<${text}>`, `<${text}>`, `<${text}>`]);
});
