import { expect, test } from "vitest";
import type { Parameter } from "../../src/language/model/runbook.ts";
import { prosePieces } from "../../src/site/values/prose-pieces.ts";
import { proseValue } from "../../src/site/values/prose-value.ts";

const common = { list: false, secret: false, multiline: false };
const params = [
  { ...common, name: "CONTAINER", default: "web1" },
  { ...common, name: "ADDRESS", default: { command: "x", example: "10.0.3.2/24" } },
  { ...common, name: "TOKEN", secret: true },
] as unknown as Parameter[];

const shown = (code: string): string =>
  prosePieces(code, params)
    .map(({ text }) => text)
    .join("");

test.each([
  ['lxc-stop --name "$CONTAINER"', 'lxc-stop --name "web1"'],
  ["/var/lib/lxc/${CONTAINER}/config", "/var/lib/lxc/web1/config"],
  // An example is no value, a secret has none, and other variables are the shell's own.
  ["ssh $ADDRESS $TOKEN $HOME $CONTAINERS", "ssh $ADDRESS $TOKEN $HOME $CONTAINERS"],
])("%s is shown as %s", (code, expected) => {
  expect(shown(code)).toBe(expected);
});

test.each(["a b", "web-1.x", "10.0.3.2/24"])("a value that every shell reads as it stands is shown: %s", (value) => {
  expect(proseValue("$X", value)).toBe(value);
});

test.each(["", "a  b", "$(id)", "'", "a;b", "*"])("else the reference stays: %j", (value) => {
  expect(proseValue("$X", value)).toBe("$X");
});
