import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../run.ts";

const pages = join(import.meta.dirname, "../fixtures/pages");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-export-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  [["export", "export-top"], "`export` needs --to sh, json or ansible."],
  [["export", "export-top", "--to", "yaml"], 'There is no form "yaml".'],
  [["export", "export-top", "--to", "json", "--output", "x"], "--to json prints, and --output names a folder."],
])("%j is refused", (args, message) => {
  expect(run([...args, "--content", pages])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
});

test("a step that restarts the host can't be put into a script, and is named", () => {
  const file = join(folder, "restart.md");
  writeFileSync(file, '---\nrunbook:\n  id: restart\n---\n\n```sh step="again" reboot="true" keeps="x"\nreboot\n```\n');
  const { stderr, exitCode } = run(["export", file, "--to", "sh"]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("error[not-exportable] The step restart/again")]);
});

describe("what a playbook can't mean is refused, with the reason", () => {
  const page = (head: string, info: string): string =>
    `---\nrunbook:\n  id: hard\n  params:\n    ${head}\n---\n\n\`\`\`sh step="a" ${info}\ntrue\n\`\`\`\n\n\`\`\`sh proof="a"\ntrue\n\`\`\`\n`;

  test.each([
    ["A: { default: x }", 'reboot="true" keeps="x"', "The step hard/a restarts the host"],
    ["A: { default: x }", 'background="true"', "The step hard/a is a service"],
    ["hosts: { default: x }", 'keeps="x"', "The value hosts of hard: Ansible has a variable of that name."],
    ["ansible_user: { default: x }", 'keeps="x"', "The value ansible_user of hard"],
    ["A: { default: x }", 'sets="vars" keeps="x"', "The step hard/a sets vars"],
    ["A: { default: x, pattern: '(?<=x)y|x' }", 'keeps="x"', "The pattern of A in hard has a look-behind"],
  ])("%s %s", (head, info, message) => {
    const file = join(folder, "hard.md");
    writeFileSync(file, page(head, info));
    const output = join(folder, "hard-fleet");
    const { exitCode, stderr } = run(["export", file, "--to", "ansible", "--output", output]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(output)).toBe(false);
  });

  test("and what an export did not write is left", () => {
    const output = join(folder, "fleet");
    const again = (): ReturnType<typeof run> =>
      run(["export", "export-base", "--to", "ansible", "--output", output, "--content", pages, "DIR=/x"]);
    expect([again().exitCode, again().exitCode]).toEqual([0, 0]);
    writeFileSync(join(output, "export-base.yml"), "- hosts: mine\n");
    expect(again()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is there already") });
    expect(readFileSync(join(output, "export-base.yml"), "utf8")).toBe("- hosts: mine\n");
  });
});
