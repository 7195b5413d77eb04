/** A field of the form. */
export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The field of a parameter; a secret has none. */
export function fieldOf(name: string): Field | null {
  return document.getElementById(`value-${name}`) as Field | null;
}
