// `=` and `~` are bare only behind other characters: at a word's start zsh reads `=cmd`, every shell `~user`.
const BARE = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*=)([\s\S]+)$/;

/** A command line that gives a program exactly these arguments; `NAME=value` stays readable. */
export function quoteLine(words: readonly string[]): string {
  return words
    .map((word) => {
      const [, name, value] = ASSIGNMENT.exec(word) ?? [];
      return name === undefined || value === undefined ? quoteShell(word) : name + quoteShell(value);
    })
    .join(" ");
}

/** Text as one word of a POSIX shell: bare where no character is special, else in single quotes. */
export function quoteShell(value: string): string {
  if (BARE.test(value)) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
