// Starts `runbook lsp` for the folder that is open, and types a lens's line into a terminal without pressing Enter.
const { accessSync, constants, statSync } = require("node:fs");
const { delimiter, join } = require("node:path");
const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");
const { Typist } = require("./typist");

/** What a folder may have of its own: the launcher of a checkout, or the package as a dependency. */
const OWN_PROGRAMS = ["runbook", "node_modules/.bin/runbook"];

/** The languages whose files may be pages. */
const LANGUAGES = ["markdown", "mdx"];

let client;
let output;

/** The words that start the server, and the folder where it starts; undefined where there is no program to start. */
function serverStart() {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const [first] = folders;
  const words = workspace.getConfiguration("runbook").get("command", []);
  if (words.length > 0) return { words, cwd: first };
  for (const cwd of folders) {
    const own = OWN_PROGRAMS.map((name) => join(cwd, name)).find(isProgram);
    if (own) return { words: [own, "lsp"], cwd };
  }
  const installed = (process.env.PATH ?? "").split(delimiter).some((dir) => dir && isProgram(join(dir, "runbook")));
  return installed ? { words: ["runbook", "lsp"], cwd: first } : undefined;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Starts the server anew, for another program or another version of it. */
async function start() {
  const earlier = client;
  client = undefined;
  await earlier?.dispose();
  const found = serverStart();
  if (!found) {
    // Most folders with Markdown are none of ours: there is nothing to complain about.
    output.appendLine(`Nothing to start: no ${OWN_PROGRAMS.join(", no ")} in the folder, and no runbook in PATH.`);
    return;
  }
  const { words, cwd } = found;
  const [command, ...args] = words;
  output.appendLine(`Starting ${words.join(" ")}${cwd ? ` in ${cwd}` : ""}.`);
  client = new LanguageClient(
    "runbook",
    "Runbook",
    { command, args, options: { cwd } },
    { documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })), outputChannel: output },
  );
  await client.start();
}

async function activate(context) {
  output = window.createOutputChannel("Runbook");
  const typist = new Typist();
  context.subscriptions.push(
    output,
    typist,
    commands.registerCommand("runbook.exec", (line) => typist.type(String(line), serverStart()?.cwd)),
    commands.registerCommand("runbook.restart", start),
  );
  await start();
}

async function deactivate() {
  await client?.stop();
}

module.exports = { activate, deactivate };
