import { whenIdle } from "./when-idle.ts";

const marked = 'a[aria-current="true"]';

/**
 * What a heading is the first of: a card, say. The browser skips what is in a card outside the window, and says nothing of the
 * place of a heading in it.
 */
function begunBy(heading: Element): Element {
  let one = heading;
  while (one.parentElement?.firstElementChild === one && !one.parentElement.matches(".sl-markdown-content, main")) {
    one = one.parentElement;
  }
  return one;
}

/**
 * The list of a page's headings, which marks the one that is being read. It stands in for Starlight's own script, which observes
 * every element of the page, once for each of the two lists; on a long page that takes a telephone half a second.
 */
export class StarlightTOC extends HTMLElement {
  #marked = this.querySelector<HTMLAnchorElement>(marked);
  #observer: IntersectionObserver | undefined;
  /** What begins with a heading and whose top is above the line that a reader's eye is at. */
  readonly #above = new Set<Element>();

  constructor() {
    super();
    whenIdle(() => this.#observe());
    let timer = 0;
    window.addEventListener("resize", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.#observe(), 200);
    });
  }

  /** Starlight's list for narrow screens also shows the marked link's text, by overriding this. */
  set current(link: HTMLAnchorElement) {
    if (link === this.#marked) return;
    this.#marked?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    this.#marked = link;
  }

  #observe(): void {
    this.#observer?.disconnect();
    this.#above.clear();
    const links = new Map<Element, HTMLAnchorElement>();
    for (const link of this.querySelectorAll("a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(begunBy(heading), link);
    }
    const show = (entries: readonly IntersectionObserverEntry[]): void => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#above.add(target);
        else this.#above.delete(target);
      }
      // The links are in the order of the page.
      const last = [...links].findLast(([heading]) => this.#above.has(heading)) ?? [...links][0];
      if (last) this.current = last[1];
    };
    this.#observer = new IntersectionObserver(show, { rootMargin: `1000000px 0px ${this.#line() - innerHeight}px` });
    for (const heading of links.keys()) this.#observer.observe(heading);
  }

  /** Where the line lies, measured from the window's top: below what covers the page there. */
  #line(): number {
    const heights = [document.querySelector("header"), this.querySelector("summary")].map(
      (one) => one?.getBoundingClientRect().height ?? 0,
    );
    return heights.reduce((sum, height) => sum + height, 85);
  }
}

customElements.define("starlight-toc", StarlightTOC);
