import { createRequire } from "node:module";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright";

// A megabyte: each AxeBuilder would put it into the page twice.
const { source } = createRequire(import.meta.resolve("@axe-core/playwright"))("axe-core") as { source: string };

type Options = Parameters<AxeBuilder["options"]>[0];

/** What axe is to look at. */
export interface Looks {
  /** Nothing but these rules. */
  only?: string[];
  /** All but these rules. */
  except?: string[];
  exclude?: readonly string[];
}

/** Puts axe into a page once, and gives what asks it: the violations, each with what shows it. */
export async function axeIn(page: Page): Promise<(looks?: Looks) => Promise<string[]>> {
  await page.evaluate(source);
  return async ({ only, except = [], exclude = [] } = {}) => {
    const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
    const options: Options = { resultTypes: ["violations"], rules, ...(only && { runOnly: only }) };
    // Without frames there is no need for axe's second page.
    const builder = new AxeBuilder({ page, axeSource: "window.axe" }).options(options).setLegacyMode();
    for (const selector of exclude) builder.exclude(selector);
    const { violations } = await builder.analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  };
}
