const known = new Map<string, Promise<string>>();
const begun = new WeakSet<Request>();

/**
 * The HTML of a piece of code that stands on several pages, coloured once. The first piece of a page brings the page's
 * styles for code along, and is no other page's.
 */
export function renderedOnce(page: Request, key: string, render: () => Promise<string>): Promise<string> {
  if (!begun.has(page)) {
    begun.add(page);
    return render();
  }
  const html = known.get(key) ?? render();
  known.set(key, html);
  return html;
}
