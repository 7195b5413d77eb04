// `=` and `~` are bare only behind other characters: at a word's start zsh reads `=cmd`, every shell `~user`.
const BARE = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** Text as one word of a POSIX shell: bare where no character is special, else in single quotes. */
export function quoteShell(value: string): string {
  if (BARE.test(value)) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
