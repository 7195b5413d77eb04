import type { Command } from "./command.ts";
import { JSON_FLAG, VALUES_FLAG } from "./flags.ts";

/** Commands for those who write pages, and for shells. */
export const PAGE_COMMANDS: readonly Command[] = [
  {
    name: "check",
    usage: "[PAGE…]",
    summary: "Find mistakes in the pages",
    details: [
      "Prints every diagnostic with its place, what is wrong and how to mend it. Exits with 2 where there is an error, with `--strict` also where there is a warning. Executes nothing.",
    ],
    operand: "page",
    words: [0, Number.POSITIVE_INFINITY],
    values: false,
    flags: [
      { name: "strict", about: "Fail on warnings, too" },
      { name: "fix", about: "Mend each mistake that has exactly one safe mend, and write the pages" },
      {
        name: "report",
        value: "github",
        choices: ["github"],
        about: "Put each diagnostic on the page's own line, as an annotation on GitHub",
      },
      JSON_FLAG,
    ],
    examples: [{ line: "./runbook check content/lxc/new.md --fix", about: "one page, mended where that is safe" }],
  },
  {
    name: "lsp",
    usage: "",
    summary: "Serve an editor: diagnostics, completion, hover and more",
    details: [
      "Speaks the Language Server Protocol over standard input and output; an editor starts it. It has the diagnostics of `check` as one types, completes keys, ids and `$NAME`s, says what a key means and what a variable holds, goes to the step, runbook, target or variable that a word names, offers what `check --fix` would mend, and shows the line that runs a page. Executes nothing, and writes nothing.",
    ],
    operand: "none",
    words: [0, 0],
    values: false,
    flags: [{ name: "stdio", about: "Accepted because some editors add it; there is no other way" }],
    examples: [{ line: "./runbook lsp", about: "the command that an editor starts" }],
  },
  {
    name: "new",
    usage: "PAGE [--from FILE]",
    summary: "Write a new page, or make a runbook of an outside page",
    details: [
      "Writes a runbook with one step, its guard, proof and undo, that passes `check` and runs. PAGE lies in the content folder, unless it begins with /, ./ or ../ or leads there. A page that is there is never overwritten.",
      "With `--from`, PAGE is a copy of an outside page whose shell is tagged: its frontmatter gets `runbook:`, each fence of shell that can be a step gets an id from the heading above it (without a heading, from the page's title, else from its file's name), and one that shows prompts becomes `console`. What can't be a step is listed with the reason and stays as it is, and nothing else of the page changes by a byte. The outside page is left alone.",
    ],
    operand: "none",
    words: [1, 1],
    values: false,
    flags: [
      { name: "from", value: "FILE", about: "The outside page" },
      { name: "indented", about: "With --from: make indented blocks of shell fences, too" },
    ],
    examples: [
      { line: "./runbook new lxc/snapshot", about: "writes content/lxc/snapshot.md" },
      { line: "./runbook new install --from ../their/docs/install.md", about: "tags the shell of their page as steps" },
    ],
  },
  {
    name: "export",
    usage: "ID|PAGE --to sh|json|ansible [NAME=value…]",
    summary: "Write a runbook as a script, as JSON, or for Ansible",
    details: [
      "`sh` prints one script that does the same with bash alone, by the same rules: values, `when`, guards, files, proofs, limits, attempts, `exits`, targets and required runbooks. Output that differs from the page is a warning. `bash SCRIPT undo NAME=value…` takes away what the script did with these values: it keeps a list of that, and what was in files before, below the state folder. Each undo there starts in a fresh shell, and nothing keeps a second run from the host meanwhile. `json` prints the plan as data. Values given here become the script's defaults. Executes nothing.",
      "`ansible` writes a role and two playbooks below a folder, ID.yml and ID-undo.yml, and prints their paths. [Many machines by Ansible](ansible.md) says what each part of a page becomes there. What an earlier export of the same runbook wrote is replaced; other files in the folder stay.",
    ],
    operand: "page",
    words: [1, 1],
    values: true,
    flags: [
      { name: "to", value: "sh|json|ansible", choices: ["sh", "json", "ansible"], about: "The form" },
      { name: "output", value: "DIR", about: "Where `ansible` writes; by default ID-ansible" },
      VALUES_FLAG,
    ],
    examples: [
      { line: "./runbook export lxc-new --to sh >lxc-new.sh", about: "a script that runs without this program" },
      { line: "./runbook export lxc-new --to ansible --output fleet", about: "a role and its playbooks in fleet/" },
    ],
  },
  {
    name: "serve",
    usage: "",
    summary: "Serve the site on this machine, with Run and Undo at each step",
    details: [
      "Prints an address to open in a browser on this machine. Each step has Run and Undo there, each runbook's page has Run all; the values are those of the page's form. Output and states are live, in every window. A closed window stops nothing; Ctrl-C in the terminal, or Stop on the page, ends a run in order. A page can open a shell where a step fails, as `exec --shell` does. Engine, journal and lock are those of `exec`: `resume` goes on with a run that was begun on the page, and the page with one that was begun here.",
      "It listens on loopback alone. The address holds a token that lets one window in; the terminal then prints another for the next. What is dangerous asks first. Secrets are typed into a field of the page, and kept nowhere. Undo of a step takes with it what was done after it.",
      "The site must be built: `npm run build`. `--site` names one that lies elsewhere.",
    ],
    operand: "none",
    words: [0, 0],
    values: false,
    flags: [
      { name: "site", value: "DIR", about: "The built site; by default the checkout's dist/" },
      { name: "port", value: "PORT", about: "The port; by default a free one" },
    ],
    examples: [{ line: "./runbook serve", about: "then open the address that it prints" }],
  },
  {
    name: "completion",
    usage: "bash|zsh|fish",
    summary: "Print a shell's completion of commands, ids and NAME=",
    details: [
      "Prints what the shell has to read. It then completes lines that begin with `runbook` or with a path to it, such as `./runbook`. In the file of your shell, write the path of your checkout in place of the dot.",
    ],
    operand: "shell",
    words: [1, 1],
    values: false,
    flags: [],
    examples: [
      { line: 'eval "$(./runbook completion bash)"', about: "in ~/.bashrc" },
      { line: 'eval "$(./runbook completion zsh)"', about: "in ~/.zshrc, behind compinit" },
      {
        line: "./runbook completion fish | source",
        about: "in ~/.config/fish/config.fish, where it is interactive",
      },
    ],
  },
];
