/** The line by which a later export knows what it may replace. */
export function madeBy(id: string): string {
  return `Made by \`./runbook export ${id} --to ansible\`.`;
}
