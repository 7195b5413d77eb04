/** What stands in prose for a reference: the value where any shell reads it as it stands, else the reference. */
export function proseValue(reference: string, value: string | undefined): string {
  return value !== undefined && /^[\w@%+:,./-]+(?: [\w@%+:,./-]+)*$/.test(value) ? value : reference;
}
