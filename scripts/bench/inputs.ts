import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A page whose steps each print one line, which the runner compares. */
export function echoPage(id: string, count: number, target?: string): string {
  const targets = target ? `  targets:\n    box: ${target}\n` : "";
  const on = target ? ' on="box"' : "";
  const steps = numbers(count).map(
    (n) => `\`\`\`sh step="s${n}"${on}\necho hello ${n}\n\`\`\`\n\n\`\`\`text output="s${n}"\nhello ${n}\n\`\`\`\n`,
  );
  return `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n${targets}---\n\n${steps.join("\n")}`;
}

/** A page with one step that has these commands. */
export function stepPage(id: string, commands: string): string {
  return `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n---\n\n\`\`\`sh step="only"\n${commands}\n\`\`\`\n`;
}

/** A page like those of the notes: prose and twelve fences, among them steps with guard, proof and undo. */
function ordinaryPage(id: string, salt: string): string {
  const step = (n: number) => `Make thing ${n}, in the directory that the host keeps such things in.

\`\`\`sh step="make-${n}"
mkdir --parents "/srv/$NAME"
printf '%s\\n' "thing ${n}" >"/srv/$NAME/${n}"
\`\`\`

\`\`\`sh guard="make-${n}"
[ -e "/srv/$NAME/${n}" ]
\`\`\`

\`\`\`sh proof="make-${n}" within="3s"
grep --quiet --line-regexp "thing ${n}" "/srv/$NAME/${n}"
\`\`\`

\`\`\`sh undo="make-${n}"
rm --force "/srv/$NAME/${n}"
\`\`\`
`;
  const params = `  params:\n    NAME: { default: things, pattern: "[a-z]+" }\n`;
  const head = `---\ntitle: Page ${id}\ndescription: What ${id} is for${salt}\nrunbook:\n  id: ${id}\n${params}---\n`;
  return `${head}\n${numbers(3).map(step).join("\n")}`;
}

/** A content folder with `count` ordinary pages. Another salt makes other pages, which are in no cache. */
export function ordinaryContent(folder: string, count: number, salt = ""): string {
  mkdirSync(folder, { recursive: true });
  for (const n of numbers(count)) writeFileSync(join(folder, `page-${n}.md`), ordinaryPage(`page-${n}`, salt));
  return folder;
}

/** The same steps for the other tools: file names by tool. */
export function othersInputs(
  folder: string,
  count: number,
): Record<"bash" | "cram" | "clitest" | "bats" | "ansible", string> {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, lines: string[]) => {
    const file = join(folder, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const all = numbers(count);
  return {
    bash: write("steps.sh", ["#!/bin/bash", ...all.map((n) => `[ "$(echo hello ${n})" = "hello ${n}" ] || exit 1`)]),
    cram: write(
      "steps.t",
      all.flatMap((n) => [`  $ echo hello ${n}`, `  hello ${n}`]),
    ),
    clitest: write(
      "steps.txt",
      all.flatMap((n) => [`$ echo hello ${n}`, `hello ${n}`]),
    ),
    bats: write(
      "steps.bats",
      all.flatMap((n) => [`@test "s${n}" {`, `  run echo hello ${n}`, `  [ "$output" = "hello ${n}" ]`, "}"]),
    ),
    ansible: write("steps.yml", [
      "- hosts: localhost",
      "  connection: local",
      "  gather_facts: false",
      "  tasks:",
      ...all.flatMap((n) => [
        `    - shell: echo hello ${n}`,
        "      register: said",
        `      failed_when: said.stdout != 'hello ${n}'`,
      ]),
    ]),
  };
}
