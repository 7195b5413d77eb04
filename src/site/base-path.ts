/** The front page's path, of the path under which the site is served, with or without a slash at its end. */
export function homeOf(base: string): string {
  return `${base.replace(/\/$/, "")}/`;
}
