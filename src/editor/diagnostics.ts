import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
} from "vscode-languageserver/node.js";
import type { Diagnostic as Found, Mend } from "../language/model/diagnostic.ts";
import { rangeOf } from "./positions.ts";
import type { OpenPage } from "./workspace.ts";

/** A diagnostic of `check` as editors show it: what is wrong, and below it how to mend it. */
export function diagnosticOf({ code, severity, span, message, hint }: Found): Diagnostic {
  return {
    range: rangeOf(span),
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: "runbook",
    message: hint === undefined ? message : `${message}\n${hint}`,
  };
}

/** What `check --fix` would do: an action for each mend in a range, and one for all of the page's. */
export function actionsIn(open: OpenPage, uri: string, range: Range): CodeAction[] {
  const mends = open.diagnose().flatMap((found) => (found.mend ? [{ found, mend: found.mend }] : []));
  const here = mends.filter(({ found }) => touches(rangeOf(found.span), range));
  const actions: CodeAction[] = here.map(({ found, mend }) => ({
    title: titleOf(mend),
    kind: CodeActionKind.QuickFix,
    isPreferred: true,
    diagnostics: [diagnosticOf(found)],
    edit: editOf(uri, [mend]),
  }));
  if (mends.length > 0) {
    const edit = editOf(
      uri,
      mends.map(({ mend }) => mend),
    );
    actions.push({
      title: `Mend all that has one safe mend (${mends.length})`,
      kind: CodeActionKind.SourceFixAll,
      edit,
    });
  }
  return actions;
}

function titleOf({ text }: Mend): string {
  return text === "" ? "Remove it" : `Write ${text.trim()}`;
}

function editOf(uri: string, mends: readonly Mend[]): { changes: Record<string, { range: Range; newText: string }[]> } {
  return { changes: { [uri]: mends.map(({ span, text }) => ({ range: rangeOf(span), newText: text })) } };
}

function touches(one: Range, other: Range): boolean {
  const before = (a: Range["start"], b: Range["start"]): boolean =>
    a.line < b.line || (a.line === b.line && a.character < b.character);
  return !(before(one.end, other.start) || before(other.end, one.start));
}
