import { quoteShell } from "../language/shell/quote.ts";

/** The command that gets a checkout, where the site knows its repository (`REPOSITORY_URL`). */
export function cloneCommand(repository = process.env["REPOSITORY_URL"]): string | undefined {
  if (!repository) return undefined;
  const url = repository.replace(/\/$/, "");
  const folder =
    url
      .split("/")
      .at(-1)
      ?.replace(/\.git$/, "") ?? "";
  return `git clone ${quoteShell(url)} && cd ${quoteShell(folder)}`;
}
