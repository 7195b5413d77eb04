import { expect, test } from "vitest";
import { withoutEmptyChains } from "../../../src/verify/residue/empty-chains.ts";

const left = (...names: string[]) => [...withoutEmptyChains(new Map(names.map((name) => [name, ""]))).keys()];

test("a chain of iptables without a rule, which accepts all, is nothing", () => {
  expect(
    left(
      "table ip filter",
      "ip filter chain INPUT",
      "ip filter chain INPUT: type filter hook input priority filter; policy accept;",
      "ip6 nat chain PREROUTING",
      "ip6 nat chain PREROUTING: type nat hook prerouting priority dstnat; policy accept;",
    ),
  ).toEqual(["table ip filter"]);
});

test.each([
  ["a policy", ["ip filter chain FORWARD: type filter hook forward priority filter; policy drop;"]],
  [
    "a rule",
    [
      "ip filter chain FORWARD: type filter hook forward priority filter; policy accept;",
      "ip filter chain FORWARD: counter jump DOCKER-USER",
    ],
  ],
])("a chain of iptables with %s counts", (_what, lines) => {
  const all = ["ip filter chain FORWARD", ...lines];
  expect(left(...all)).toEqual(all);
});

test.each([
  ["a chain that iptables has no name for", "ip filter chain DOCKER-USER"],
  ["a table that is none of iptables'", "inet guests chain INPUT"],
  ["a set", "ip filter set INPUT"],
])("%s counts, empty or not", (_what, name) => {
  const all = [name, `${name}: type filter hook input priority filter; policy accept;`];
  expect(left(...all)).toEqual(all);
});
