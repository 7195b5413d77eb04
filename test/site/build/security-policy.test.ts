import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { withPolicy } from "../../../src/site/build/security-policy.ts";

const page = (head: string) => `<!DOCTYPE html><html><head><meta charset="utf-8"/>${head}</head><body></body></html>`;
const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function directive(html: string, name: string): string[] {
  const policy = /http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  const found = policy.split("; ").find((one) => one.startsWith(`${name} `));
  return found?.split(" ").slice(1) ?? [];
}

test("the scripts that stand in a page run, and no others", () => {
  const html = withPolicy(
    page(`<script>one()</script><script type="module">two()</script><script src="/x.js"></script>`),
  );
  expect(directive(html, "script-src")).toEqual(["'self'", "'wasm-unsafe-eval'", hashOf("one()"), hashOf("two()")]);
});

test("data in a script element needs no leave", () => {
  const html = withPolicy(page(`<script type="application/json">{"a":1}</script>`));
  expect(directive(html, "script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
});

test("styles that stand in a page hold, and no others", () => {
  const html = withPolicy(page("<style>a { color: red }</style>"));
  expect(directive(html, "style-src")).toEqual(["'self'", hashOf("a { color: red }")]);
});

test("the policy stands before what it governs", () => {
  const html = withPolicy(page("<script>one()</script>"));
  expect(html.indexOf("content-security-policy")).toBeLessThan(html.indexOf("<script>"));
  expect(html.indexOf("charset")).toBeLessThan(html.indexOf("content-security-policy"));
});
