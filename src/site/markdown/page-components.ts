import type { Root, RootContent } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";

/** Where the components that pages may use come from: by name, the module whose default export it is. */
export type PageComponents = Readonly<Record<string, string>>;

/** Pages import nothing: the components that one names come from a fixed map, and no other is known. */
export function remarkPageComponents(components: PageComponents) {
  return (tree: Root, file: VFile): void => {
    const used = new Set<string>();
    visit(tree, (node) => {
      const { type, name } = node as { type: string; name?: string | null };
      if (!type.startsWith("mdxJsx") || !name || !/^[A-Z]/.test(name)) return;
      if (!(name in components)) {
        const known = Object.keys(components).join(", ");
        file.fail(`There is no component <${name}>; pages may use ${known}.`, node);
      }
      used.add(name);
    });
    tree.children.unshift(...[...used].map((name) => importOf(name, components[name] ?? "")));
  };
}

function importOf(name: string, module: string): RootContent {
  // MDX reads the program, not its text.
  const node = {
    type: "mdxjsEsm",
    value: "",
    data: {
      estree: {
        type: "Program",
        sourceType: "module",
        body: [
          {
            type: "ImportDeclaration",
            specifiers: [{ type: "ImportDefaultSpecifier", local: { type: "Identifier", name } }],
            source: { type: "Literal", value: module, raw: JSON.stringify(module) },
            attributes: [],
          },
        ],
      },
    },
  };
  return node as unknown as RootContent;
}
