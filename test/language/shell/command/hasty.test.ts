import { expect, test } from "vitest";
import { readShell } from "../../../../src/language/shell/analyse.ts";

const hasty = [
  "virsh list | grep --quiet web",
  "if lxc-ls | grep -q web; then echo; fi",
  "a | grep -Eqx web || exit 1",
  "a | b | /bin/grep -iq web",
  "printf x | sort | egrep -q x",
  "x=$(a | grep --silent web && echo yes)",
  "a | grep -q web 2>/dev/null",
  "a | grep -q web | b",
  "a | sudo -u root grep -q web",
  "a | busybox grep -q web",
  "a | LC_ALL=C env -u X Y=1 timeout 5 /bin/grep -q web",
  'a | ssh host "grep -q web"',
];

const fine = [
  "grep --quiet web file",
  "a | grep web >/dev/null",
  "a | grep -- -q",
  "a | grep --quiet-not web",
  "echo web | grep -q web",
  "printf '%s\\n' web | grep -q web",
  "grep -q web <(a)",
  "grep -q web <<<web",
  "a || grep -q web file",
  "a | sed -q",
  "a | sudo grep web",
  "a | sudo sh -c 'exit' grep -q",
  "a | command -v grep -q",
  "sudo printf x | sudo grep -q x",
];

test.each(hasty)("may fail in spite of a match: %s", (text) => {
  const { hasty: found } = readShell(text);
  expect(found.map(({ pos, end }) => text.slice(pos, end))).toEqual([expect.stringContaining("grep")]);
});

test.each(fine)("reads to the end, or what writes has written: %s", (text) => {
  expect(readShell(text)).toMatchObject({ errors: [], hasty: [] });
});
