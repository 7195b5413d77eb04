import { expect, test } from "vitest";
import { figuresIn } from "../../../scripts/claims/figures.ts";

test.each([
  ["released on 2026-07-30", ["2026-07-30"]],
  ["came out in August 2026", ["August 2026"]],
  ["of 11 August 2026.", ["11 August 2026"]],
  ["a kernel of 2022", ["2022"]],
])("%s holds a date", (prose, figures) => {
  expect(figuresIn(prose)).toEqual(figures.map((figure) => ({ kind: "date", figure })));
});

test.each([
  ["Debian 12 has 7.2.", ["7.2"]],
  ["from 6.12 to 6.15, and 7.2.10", ["6.12", "6.15", "7.2.10"]],
  ["since Server 2022", ["since Server 2022"]],
  ["up to Debian 12", ["up to Debian 12"]],
])("%s holds a version", (prose, figures) => {
  expect(figuresIn(prose)).toEqual(figures.map((figure) => ({ kind: "version", figure })));
});

test.each([
  ["boots in 2–3 s", ["2–3 s"]],
  ["costs 1.5 ms each", ["1.5 ms"]],
  ["takes 0.3 to 0.5 s", ["0.3 to 0.5 s"]],
  ["supported for five years, reaches 50–60 % of it", ["50–60 %"]],
  ["up to 64 TB", ["64 TB"]],
])("%s holds a quantity", (prose, figures) => {
  expect(figuresIn(prose)).toEqual(figures.map((figure) => ({ kind: "quantity", figure })));
});

test.each([
  "the bridge has 192.168.122.0/24, the guest 10.0.2.15",
  "Windows Server 2025 and Windows 11 run",
  "port 8080 of the host, two processors",
  "As of November 2026, from documents of August 2026:",
  "distributed under Apache 2.0, the library under LGPL 2.1",
  "for amd64 hosts with Debian 12 or 13",
  "IEEE 802.1Q frames",
])("%s claims nothing", (prose) => {
  expect(figuresIn(prose)).toEqual([]);
});
