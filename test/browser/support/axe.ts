import { createRequire } from "node:module";
import type AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright";

// Axe is run without AxeBuilder, which would put a megabyte of source into the page for each question.
const { source } = createRequire(import.meta.resolve("@axe-core/playwright"))("axe-core") as { source: string };

type Options = Parameters<AxeBuilder["options"]>[0];

/** What axe is to look at. */
export interface Looks {
  /** Nothing but these rules. */
  only?: readonly string[];
  /** All but these rules. */
  except?: readonly string[];
  exclude?: readonly string[];
}

/** The rules that judge colours. */
export const colourRules = ["color-contrast", "link-in-text-block"] as const;

/** A page that axe was put into. */
export class AxePage {
  readonly #page: Page;
  readonly #seen: Set<string>;

  private constructor(page: Page, seen: Set<string>) {
    this.#page = page;
    this.#seen = seen;
  }

  /** Puts axe into a page, once. The looks that axe has judged are shared by the pages of a site. */
  static async in(page: Page, seen: Set<string>): Promise<AxePage> {
    await page.evaluate(`${source};${lookOf};undefined`);
    return new AxePage(page, seen);
  }

  /** The violations of rules, each with what shows it. */
  async violations({ only, except = [], exclude = [] }: Looks = {}): Promise<string[]> {
    const off = except.map((rule) => [rule, { enabled: false }]);
    // Axe leaves it out by itself, although it is part of WCAG 2.2 AA: links and buttons of 24 pixels, or as far apart.
    const rules = { "target-size": { enabled: true }, ...Object.fromEntries(off) };
    const context = { exclude: exclude.map((selector) => [selector]) };
    return await this.#run(JSON.stringify(context), { rules, ...(only && { runOnly: [...only] }) });
  }

  /**
   * The violations of the rules that judge colours, in a theme. An element is left out where axe has judged one with the same look: the
   * same tags, classes and computed colours, its own and those of all that it is in.
   */
  async colourViolations(theme: string, exclude: readonly string[] = []): Promise<string[]> {
    await this.#page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
    const looks = await this.#page.evaluate<string[]>(`findLooks(${JSON.stringify(exclude)})`);
    const fresh = looks.filter((look) => !this.#seen.has(`${theme} ${look}`));
    for (const look of fresh) this.#seen.add(`${theme} ${look}`);
    if (fresh.length === 0) return [];
    return await this.#run(`{ include: elementsOf(${JSON.stringify(fresh)}) }`, { runOnly: [...colourRules] });
  }

  async #run(context: string, options: Options): Promise<string[]> {
    const all = JSON.stringify({ resultTypes: ["violations"], ...options });
    return await this.#page.evaluate<string[]>(
      `axe.run(${context}, ${all}).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`,
    );
  }
}

/** What runs in the page: `findLooks` gives the looks of all that is shown and has colours, `elementsOf` some elements of each. */
const lookOf = `{
  const ownLook = (one) => {
    const style = getComputedStyle(one);
    return [one.tagName, one.getAttribute("class"), style.color, style.backgroundColor, style.backgroundImage, style.opacity,
      style.fontSize, style.fontWeight, style.textShadow, style.textDecoration, style.borderBottom, style.position].join(" ");
  };
  const isShown = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && one.checkVisibility({ visibilityProperty: true });
  };
  const hasText = (one) => one.matches("input, select, textarea") ||
    [...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "");
  /** Whether a link stands in a text that is no link. */
  const isInText = (link) => {
    const isInline = (one) => getComputedStyle(one).display === "inline";
    if (!link.matches("a[href]") || !isInline(link)) return false;
    let block = link.parentElement;
    while (isInline(block)) block = block.parentElement;
    const size = (one) => one.textContent.replaceAll(/\\s/g, "").length;
    return [...block.querySelectorAll("a[href]")].reduce((left, one) => left - size(one), size(block)) > 0;
  };
  let found;
  globalThis.findLooks = (exclude) => {
    found = new Map();
    const known = new Map();
    const look = (one) => {
      if (!known.has(one)) known.set(one, ownLook(one) + (one.parentElement ? " in " + look(one.parentElement) : ""));
      return known.get(one);
    };
    for (const one of document.body.querySelectorAll("*")) {
      if ((!hasText(one) && !isInText(one)) || !isShown(one) || exclude.some((selector) => one.closest(selector))) continue;
      found.set(one, (isInText(one) ? "in a text " : "") + look(one));
    }
    return [...new Set(found.values())];
  };
  globalThis.elementsOf = (looks) => {
    const left = new Map(looks.map((look) => [look, 3]));
    return [...found].filter(([, look]) => left.get(look) > 0 && left.set(look, left.get(look) - 1)).map(([one]) => one);
  };
}`;
