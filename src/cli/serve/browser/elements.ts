/** Makes an element with its attributes and children; texts stay texts. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  children: (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A button that does something, and says what keeps it from that. */
export function button(label: string, act: () => Promise<void>, tell: (error: unknown) => void): HTMLButtonElement {
  const made = make("button", { type: "button" }, [label]);
  made.addEventListener("click", () => void act().catch(tell));
  return made;
}
