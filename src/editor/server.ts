import { createConnection, TextDocumentSyncKind, TextDocuments } from "vscode-languageserver/node.js";
import { TextDocument } from "vscode-languageserver-textdocument";
import { completionsAt } from "./completion.ts";
import { definitionAt } from "./definition.ts";
import { actionsIn, diagnosticOf } from "./diagnostics.ts";
import { hoverAt } from "./hover.ts";
import { type ExecLine, lensesOf } from "./lenses.ts";
import { type OpenPage, Workspace, type WorkspaceOptions } from "./workspace.ts";

/** What the server speaks over, and what it says of its own program. */
export interface ServerOptions extends WorkspaceOptions {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  version: string;
  lineOf: ExecLine;
}

/** A pause in typing, after which a page is checked. */
const pauseMs = 100;

/** Serves an editor until it says that it ends, or its stream does. */
export async function serveEditor(options: ServerOptions): Promise<void> {
  const { input, output, version, lineOf } = options;
  const connection = createConnection(input, output);
  const workspace = new Workspace(options);
  const documents = new TextDocuments(TextDocument);
  let snippets = false;
  let timer: NodeJS.Timeout | undefined;

  /** Checks all open pages: a change of one may make another wrong. */
  const check = async (): Promise<void> => {
    for (const { uri, version: checked } of documents.all()) {
      const open = await workspace.page(uri);
      // The text has changed meanwhile: another check comes.
      if (!open || documents.get(uri)?.version !== checked) continue;
      const diagnostics = open.diagnose().map(diagnosticOf);
      await connection.sendDiagnostics({ uri, version: checked, diagnostics });
    }
  };
  const checkSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check().catch(complain), pauseMs);
  };
  const complain = (error: unknown): void => connection.console.error(String((error as Error).stack ?? error));

  connection.onInitialize(({ capabilities }) => {
    snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    return {
      serverInfo: { name: "runbook", version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        completionProvider: { triggerCharacters: ["$", "{", '"', "'", " ", "`", "~", "[", ","] },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: ["quickfix", "source.fixAll"] },
        codeLensProvider: {},
      },
    };
  });
  documents.onDidChangeContent(({ document }) => {
    if (!document.uri.startsWith("file:")) return;
    workspace.open(document.uri, document.getText());
    checkSoon();
  });
  // Another page, or its evidence, may have been written.
  documents.onDidSave(checkSoon);
  documents.onDidClose(({ document }) => {
    if (!document.uri.startsWith("file:")) return;
    workspace.close(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    checkSoon();
  });

  /** Answers a request on an open page; for any other file the answer is empty. */
  const onPage = async <Answer>(uri: string, answer: (open: OpenPage) => Answer): Promise<Answer | null> => {
    const open = uri.startsWith("file:") ? await workspace.page(uri) : undefined;
    return open ? answer(open) : null;
  };
  connection.onCompletion(({ textDocument: { uri }, position }) => {
    return onPage(uri, (open) => completionsAt(open, position, snippets));
  });
  connection.onHover(({ textDocument: { uri }, position }) => {
    return onPage(uri, (open) => hoverAt(open, position) ?? null);
  });
  connection.onDefinition(({ textDocument: { uri }, position }) => {
    return onPage(uri, (open) => definitionAt(open, position, (file) => workspace.uriOf(file)) ?? null);
  });
  connection.onCodeAction(({ textDocument: { uri }, range }) => onPage(uri, (open) => actionsIn(open, uri, range)));
  connection.onCodeLens(({ textDocument: { uri } }) => {
    return onPage(uri, (open) => lensesOf(open, workspace.nameOf(open), lineOf));
  });

  documents.listen(connection);
  const ended = new Promise<void>((resolve) => {
    connection.onExit(resolve);
    input.once("end", resolve);
  });
  connection.listen();
  await ended;
  clearTimeout(timer);
}
