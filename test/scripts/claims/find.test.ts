import { expect, test } from "vitest";
import { claimsInPage } from "../../../scripts/claims/find.ts";

const source = "[changes](https://example.org/changes)";
const fence = (command: string) => `\`\`\`sh\n${command}\n\`\`\``;
const linesOf = (text: string) => claimsInPage(text).map(({ line }) => line);

test("names the line, the kind, the figures and the words", () => {
  expect(claimsInPage("---\ntitle: Since 2019\n---\n\nIt came in 4.17, in May 2018.\n")).toEqual([
    { line: 5, kind: "date", figures: ["May 2018", "4.17"], excerpt: "It came in 4.17, in May 2018." },
  ]);
});

test.each([
  ["a link to another site", `It came in 4.17 (${source}).`],
  ["the words of such a link", "It is [supported since 4.17](https://example.org/changes)."],
  ["what was measured here", "Measured with 4.17: it takes 3 s."],
])("takes %s as a source", (_what, text) => {
  expect(claimsInPage(text)).toEqual([]);
});

test("takes another page of the notes, and an anchor, as none", () => {
  expect(linesOf("It came [in 4.17](../kvm/index.mdx), see [below](#below).")).toEqual([1]);
});

test("asks each paragraph, list item and table row for its own source", () => {
  const text = [
    `First in 4.17 (${source}).`,
    "",
    "Then in 4.18.",
    "",
    `- in 4.19 (${source})`,
    "- in 4.20",
    "",
    "| version | what |",
    "|---|---|",
    `| 5.0 | ${source} |`,
    "| 5.1 | nothing |",
  ];
  expect(linesOf(text.join("\n"))).toEqual([3, 6, 11]);
});

test("lets a list item's paragraphs share a source, and a list below it none", () => {
  expect(linesOf(`- It came in 4.17.\n\n  See ${source}.\n\n- It came in 4.18.\n  - as 4.19 says (${source})`)).toEqual(
    [5],
  );
});

test("takes a table's rows as measured where the paragraph above says so", () => {
  const rows = "| version | time |\n|---|---|\n| 4.17 | 3 s |\n";
  expect(linesOf(`Measured on two cores:\n\n${rows}`)).toEqual([]);
  expect(linesOf(`As others say:\n\n${rows}`)).toEqual([5]);
});

test.each([
  ["above the command that sets it", `It waits 15 seconds.\n\n${fence("timeout 15 docker pull web")}`],
  ["below it, in the command's own unit", `${fence("head -c 100m /dev/zero")}\n\nIt needs 100 MB.`],
])("asks no source for a quantity %s", (_where, text) => {
  expect(claimsInPage(text)).toEqual([]);
});

test.each([
  ["a longer number", `It waits 15 seconds.\n\n${fence("sleep 150")}`],
  ["a fraction", `It waits 15 seconds.\n\n${fence("sleep 15.5; sleep 1.15")}`],
  ["a command further away", `It waits 15 seconds.\n\nThen pull.\n\n${fence("timeout 15 docker pull web")}`],
])("does not take %s for the quantity's own", (_what, text) => {
  expect(linesOf(text)).toEqual([1]);
});

test("asks a source for a version, whatever commands stand beside it", () => {
  expect(linesOf(`It came in 4.17.\n\n${fence("apt-get install linux-4.17")}`)).toEqual([1]);
});

test("asks no source for the quantities of the project's own reference, in tables either, and one for its versions", () => {
  const text =
    "A step may take 60 minutes.\n\n| key | limit |\n|---|---|\n| text | 64 KiB |\n\nIt needs Ansible 2.14.\n";
  expect(claimsInPage(text, { ownReference: true }).map(({ line }) => line)).toEqual([7]);
  expect(linesOf(text)).toEqual([1, 5, 7]);
});

test("takes the size that a command of the page sets for no claim, and another size for one", () => {
  const commands = fence("qemu-system-x86_64 -m 512M -hda disk.raw");
  expect(linesOf(`It gets 512 MB of memory.\n\nStart it.\n\n${commands}\n`)).toEqual([]);
  expect(linesOf(`It gets 512 GB of memory.\n\nStart it.\n\n${commands}\n`)).toEqual([1]);
  expect(linesOf(`It gets 12 MB of memory.\n\nStart it.\n\n${commands}\n`)).toEqual([1]);
});

test("passes over code and the section of sources", () => {
  const text =
    "Take `qemu-7.2`.\n\n```sh\napt-get install linux-6.12\n```\n\n## Sources\n\n- Changes of 4.17\n\n## After\n\nIn 4.18.\n";
  expect(linesOf(text)).toEqual([13]);
});
