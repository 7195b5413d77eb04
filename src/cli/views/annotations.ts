import { randomUUID } from "node:crypto";
import { relative, resolve } from "node:path";
import type { Diagnostic } from "../../language/model/diagnostic.ts";
import { annotation } from "../../report/github/workflow-command.ts";
import type { Io } from "../context.ts";

/**
 * A text that shows pages, and the diagnostics as annotations on their lines, for GitHub Actions. While the text is printed,
 * workflow commands are stopped by a token that no page can know.
 */
export function withAnnotations(text: string, diagnostics: readonly Diagnostic[], { env, cwd }: Io): string {
  const token = randomUUID();
  const workspace = env["GITHUB_WORKSPACE"] || cwd;
  const lines = diagnostics.map(({ severity, code, message, hint, file, span }) => {
    const path = relative(workspace, resolve(cwd, file));
    const { line, column } = span.start;
    const place = { file: path.startsWith("..") ? file : path, line, col: column, title: code };
    return annotation(severity, place, hint ? `${message}\n${hint}` : message);
  });
  return `::stop-commands::${token}\n${text}\n::${token}::\n${lines.join("")}`;
}
