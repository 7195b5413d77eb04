/**
 * Lets a library that makes `<style>` elements work in a page whose policy takes none: while `make` runs, each such
 * element is another one, and what the library writes into it becomes a constructed style sheet, which the policy takes.
 */
export function withSheets(make: () => void): void {
  const { createElement } = document;
  document.createElement = (tag: string, options?: ElementCreationOptions): HTMLElement =>
    tag === "style" ? sheetElement() : createElement.call(document, tag, options);
  try {
    make();
  } finally {
    // What is left is the method of all documents.
    Reflect.deleteProperty(document, "createElement");
  }

  function sheetElement(): HTMLElement {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    const element: HTMLElement = createElement.call(document, "span");
    element.hidden = true;
    Object.defineProperty(element, "textContent", { set: (text: string) => sheet.replaceSync(text) });
    element.remove = () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      Element.prototype.remove.call(element);
    };
    return element;
  }
}
