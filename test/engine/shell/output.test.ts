import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isAlive } from "../support/processes.ts";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";
import { run } from "../support/steps.ts";

test("a step's stdin is empty, and reading it takes nothing of the steps to come", async () => {
  const done = await run("cat\nread -r x || echo eof\nwc -c", "bash -s <&0", "echo on");
  expect(done.output("s1") + done.output("s3")).toBe("eof\n0\non\n");
});

test("output without a last line feed stays its step's", async () => {
  const done = await run("printf one\nprintf err >&2", "printf two");
  expect([done.output("s1"), done.output("s1", "stderr"), done.output("s2")]).toEqual(["one", "err", "two"]);
});

test("output arrives byte for byte, whatever is in it", async () => {
  const place = makePlace({});
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(fc.constantFrom("\x1e", "\x1f", "\0", "\ufeff", "ä", "€", "😀", "\r\n", "D 1 0", "\x1e\x1f"))
      .map((parts) => Buffer.from(parts.join(""))),
  );
  const samples = fc.sample(bytes, 120).map((sample) => Buffer.from(sample));
  samples.push(randomBytes(300_000), Buffer.from("\ufeffmark"), Buffer.from([0xf0, 0x9f]), Buffer.from([0x1e]));
  for (const [index, sample] of samples.entries()) writeFileSync(join(place.work, String(index)), sample);
  const steps = samples.map((_, index): [string, string] => [
    `sh step="n${index}"`,
    `cat ${place.work}/${index}\ncat ${place.work}/${index} >&2`,
  ]);
  const done = await runPage(makePlace({ "page.md": pageOf(steps) }));
  for (const [index, sample] of samples.entries()) {
    expect(done.output(`n${index}`)).toBe(sample.toString("utf8"));
    expect(done.output(`n${index}`, "stderr")).toBe(sample.toString("utf8"));
  }
});

test("characters that come in pieces stay whole", async () => {
  const done = await run(
    "printf '\\xe2'; sleep 0.2; printf '\\x82'; sleep 0.2; printf '\\xac'",
    "printf '\\xe2'",
    "printf x",
  );
  expect([done.output("s1"), done.output("s2"), done.output("s3")]).toEqual(["€", "\ufffd", "x"]);
});

test("a line of 100 MB passes", async () => {
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="s1"', "head -c 100000000 /dev/zero | tr '\\0' x"],
      ['sh step="s2"', "echo on"],
    ]),
  });
  let length = 0;
  let longest = 0;
  const done = await runPage(place, {
    onEvent: (event) => {
      if (event.type !== "output" || event.step !== "s1") return;
      length += event.text.length;
      longest = Math.max(longest, Buffer.byteLength(event.text));
    },
  });
  expect(length).toBe(100_000_000);
  expect(longest).toBeLessThanOrEqual(65_536);
  expect(done.output("s2")).toBe("on\n");
});

test("a background process that holds the output open holds up neither step nor run, and ends with the run", async () => {
  const place = makePlace({});
  const begun = performance.now();
  const done = await run(
    `sh -c 'echo $$ >${place.work}/pid; exec sleep 30' &\necho started\nwhile [ ! -s ${place.work}/pid ]; do sleep 0.02; done`,
    `kill -0 "$(cat ${place.work}/pid)" && jobs -p | wc -l`,
  );
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(done.output("s1")).toBe("started\n");
  expect(done.output("s2")).toBe("1\n");
  expect(isAlive(readFileSync(join(place.work, "pid"), "utf8").trim())).toBe(false);
});
