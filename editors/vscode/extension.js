// Starts `runbook lsp` for the folder that is open, and types a lens's line into a terminal without pressing Enter.
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** The words that start the server: those of the settings, the folder's own launcher, or what is installed. */
function serverWords(folder) {
  const words = workspace.getConfiguration("runbook").get("command", []);
  if (words.length > 0) return words;
  const launcher = folder && join(folder, "runbook");
  return [launcher && existsSync(launcher) ? launcher : "runbook", "lsp"];
}

async function activate(context) {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const [command, ...args] = serverWords(folder);
  const selector = ["markdown", "mdx"].map((language) => ({ scheme: "file", language }));
  client = new LanguageClient(
    "runbook",
    "Runbook",
    { command, args, options: { cwd: folder } },
    { documentSelector: selector },
  );
  context.subscriptions.push(
    commands.registerCommand("runbook.exec", (line) => {
      const terminal = window.activeTerminal ?? window.createTerminal({ name: "Runbook", cwd: folder });
      terminal.show();
      terminal.sendText(String(line), false);
    }),
  );
  await client.start();
}

async function deactivate() {
  await client?.stop();
}

module.exports = { activate, deactivate };
