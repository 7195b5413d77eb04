import { describe, expect, test } from "vitest";
import { Tail } from "../../src/report/record/tail.ts";
import { excerpt } from "../../src/terminal/excerpt.ts";
import { styleFor, unstyled } from "../../src/terminal/style.ts";
import { cut, widthOf, wrap } from "../../src/terminal/width.ts";
import { duration } from "../../src/words/duration.ts";
import { exitWords } from "../../src/words/exit-status.ts";

test.each([
  [0, "0 ms"],
  [99.6, "100 ms"],
  [100, "0.1 s"],
  [6_149, "6.1 s"],
  [9_949, "9.9 s"],
  [9_951, "10 s"],
  [59_600, "1 min"],
  [123_000, "2 min 3 s"],
  [3_900_000, "1 h 5 min"],
  [7_200_000, "2 h"],
])("%d ms are %s", (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

test.each([
  [3, "3"],
  [126, "126 (found, but not executable)"],
  [127, "127 (command not found)"],
  [137, "137 (SIGKILL: killed, by hand or for want of memory)"],
  [143, "143 (SIGTERM: asked to end)"],
  [255, "255"],
])("exit code %d in words", (code, words) => {
  expect(exitWords(code)).toBe(words);
});

test.each([
  ["plain", 5],
  ["容器", 4],
  ["e\u0301", 1],
  ["🚀", 2],
  ["ﬀ", 1],
  ["한글", 4],
])("%s takes %i columns", (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test.each([
  ["short", 10, "short"],
  ["exactly ten", 11, "exactly ten"],
  ["too long for it", 8, "too lon…"],
  ["容器容器", 5, "容器…"],
  ["容器容器", 4, "容…"],
  ["anything", 0, ""],
])("%s in %i columns is %s", (text, columns, expected) => {
  expect(cut(text, columns)).toBe(expected);
});

test("words wrap, long ones stay whole", () => {
  expect(wrap("a bb incomprehensibilities c", 6)).toEqual(["a bb", "incomprehensibilities", "c"]);
});

describe("colours", () => {
  test.each([
    [true, { TERM: "xterm" }, true],
    [true, { TERM: "xterm", NO_COLOR: "1" }, false],
    [true, { TERM: "xterm", NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { TERM: "xterm" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("on a terminal: %s, with %j: %s", (terminal, env, colours) => {
    expect(styleFor(terminal, env)("red", "x") !== "x").toBe(colours);
  });
});

describe("the end of a stream", () => {
  test("keeps its last lines", () => {
    const tail = new Tail();
    for (let line = 1; line <= 5; line += 1) tail.write(`${line}\n`);
    expect(tail.lines(2)).toEqual(["…", "4", "5"]);
    expect(tail.lines(9)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("of one long piece says that there was more", () => {
    const tail = new Tail(4);
    tail.write("a\n");
    tail.write("bc\nd");
    expect(tail.lines(3)).toEqual(["…", "d"]);
    const whole = new Tail(4);
    whole.write("ab\nc");
    expect(whole.lines(3)).toEqual(["ab", "c"]);
  });

  test("of a gigabyte costs its own size only", () => {
    const tail = new Tail(100);
    for (let piece = 0; piece < 10_000; piece += 1) tail.write("x".repeat(65_536));
    expect(tail.lines(3).join("").length).toBeLessThan(200);
  });
});

describe("an excerpt", () => {
  const text = 'one\r\n\tlxc-create "容" --name\nthree\nfour\nfive';
  const at = (line: number, column: number, columns = 60) => excerpt({ text, line, column, columns, style: unstyled });

  test("marks the column under tabs and wide characters", () => {
    expect(at(2, 17)).toEqual([
      "1 | one",
      '2 |         lxc-create "容" --name',
      "  |                         ^",
      "3 | three",
      "4 | four",
    ]);
  });

  test("shows the part of a long line where the place is", () => {
    const long = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
    const [line = "", mark = ""] = excerpt({ text: long, line: 1, column: 301, columns: 60, style: unstyled });
    expect(line.slice(mark.indexOf("^"), mark.indexOf("^") + 4)).toBe("HERE");
    expect(line.length).toBeLessThanOrEqual(60);
  });

  test("of a place that the page does not have is nothing", () => {
    expect(at(9, 1)).toEqual([]);
  });
});
