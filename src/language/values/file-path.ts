/** What keeps a text from being the path of a `file` step once its values are in place; undefined where nothing does. */
export function filePathProblem(path: string): string | undefined {
  if (path === "") return "The path of the file is empty.";
  const shown = JSON.stringify(path);
  if (/\p{Cc}/u.test(path)) return `The path ${shown} has a control character.`;
  if (!path.startsWith("/")) return `The path ${shown} is not absolute.`;
  const parts = path.split("/");
  if (parts.includes("..")) return `The path ${shown} has \`..\`.`;
  if (/^\.?$/.test(parts.at(-1) ?? "")) return `The path ${shown} names a folder, not a file.`;
  return undefined;
}
