import { systems } from "../sections.ts";

/** The systems that a page about an error is about: those to whose pages its last paragraph leads back. */
export function fixSystems(body: string): string[] {
  const back =
    body
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? "";
  const linked = [...back.matchAll(/\]\(\.\.\/([a-z-]+)\/index\.mdx\)/g)].map(([, folder]) => folder);
  return systems.filter((system) => linked.includes(system));
}
