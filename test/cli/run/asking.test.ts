import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { askValue } from "../../../src/cli/ask/ask-value.ts";
import { LineEditor } from "../../../src/cli/ask/line-editor.ts";
import { askLine, type Terminal } from "../../../src/cli/ask/prompt.ts";
import type { Parameter } from "../../../src/language/model/runbook.ts";
import { unstyled } from "../../../src/terminal/style.ts";

/** A terminal at which somebody types, once a question stands. */
function terminal(...typed: string[]): Terminal & { shown: () => string; modes: boolean[] } {
  const input = new EventEmitter();
  const modes: boolean[] = [];
  let shown = "";
  return {
    modes,
    shown: () => shown,
    write: (text) => {
      shown += text;
    },
    input: Object.assign(input, {
      resume: () => {
        const next = typed.shift();
        setImmediate(() => {
          if (next === undefined) input.emit("end");
          for (const key of next ?? "") input.emit("data", Buffer.from(key));
        });
        return input as never;
      },
      pause: () => input as never,
      setRawMode: (raw: boolean) => modes.push(raw),
    }) as never,
  };
}

function parameter(more: Partial<Parameter> = {}): Parameter {
  const place = { line: 1, column: 1 };
  const span = { start: place, end: place };
  return { name: "NAME", list: false, secret: false, multiline: false, span, ...more };
}

describe("a line that is typed", () => {
  test.each([
    ["web1", "web1", "changed"],
    ["web2\u007f1", "web1", "changed"],
    ["容\u007f器", "器", "changed"],
    ["two words\u0017", "two ", "changed"],
    ["gone\u0015here", "here", "changed"],
    ["a\u001b[D\u001b[3~\u001bOPb", "ab", "changed"],
    ["a\u0001\u0007b", "ab", "changed"],
    ["done\rrm -rf /\r", "done", "done"],
    ["\u0004", "", "ended"],
    ["a\u0004", "a", "changed"],
    ["a\u0003", "a", "interrupted"],
  ])("%j", (keys, text, edit) => {
    const editor = new LineEditor();
    expect(editor.feed(Buffer.from(keys))).toBe(edit);
    expect(editor.text).toBe(text);
  });

  test("may come in pieces of a character, or of a key", () => {
    const editor = new LineEditor();
    for (const byte of Buffer.from("容\u001b[1;5D!")) editor.feed(Buffer.from([byte]));
    expect(editor.text).toBe("容!");
  });
});

describe("asking for a line", () => {
  test("gives the terminal back", async () => {
    const screen = terminal("web1\r");
    expect(await askLine(screen, { prompt: "> " })).toBe("web1");
    expect(screen.modes).toEqual([true, false]);
  });

  test.each(["\u0003", "\u0004"])("ends the command by %j", async (key) => {
    const screen = terminal(key);
    await expect(askLine(screen, { prompt: "> " })).rejects.toMatchObject({ code: "interrupted", exitCode: 130 });
    expect(screen.modes).toEqual([true, false]);
  });

  test("ends the command where the terminal goes away", async () => {
    await expect(askLine(terminal(), { prompt: "> " })).rejects.toMatchObject({ code: "interrupted" });
  });

  test("shows nothing of what is hidden", async () => {
    const screen = terminal("sesame1\r");
    expect(await askLine(screen, { prompt: "> ", hidden: true })).toBe("sesame1");
    expect(screen.shown()).not.toContain("s");
  });
});

describe("asking for a value", () => {
  test("says what it is for, and takes what fits", async () => {
    const screen = terminal("Web 1\r", "web1\r");
    const asked = parameter({ description: "Name of the container", pattern: "[a-z0-9]+" });
    expect(await askValue(asked, screen, unstyled)).toBe("web1");
    expect(screen.shown()).toContain("NAME: Name of the container (matches [a-z0-9]+)\n");
    expect(screen.shown()).toContain('NAME: "Web 1" does not match [a-z0-9]+.');
    expect(screen.shown()).toContain("not yet");
  });

  test("offers the default", async () => {
    const screen = terminal("\r");
    expect(await askValue(parameter({ default: "vim" }), screen, unstyled)).toBe("vim");
    expect(screen.shown()).toContain("NAME [vim]= ");
  });

  test("wants something where there is no default", async () => {
    const screen = terminal("\r", "x\r");
    expect(await askValue(parameter(), screen, unstyled)).toBe("x");
    expect(screen.shown()).toContain("NAME needs a value.");
  });

  test("never shows a secret, not even a refused one", async () => {
    const screen = terminal("zzz\r", "zzzzzzz\r");
    expect(await askValue(parameter({ secret: true }), screen, unstyled)).toBe("zzzzzzz");
    expect(screen.shown()).not.toContain("z");
  });
});
