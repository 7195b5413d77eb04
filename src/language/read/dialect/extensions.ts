import type { Extension } from "micromark-util-types";
import type { Processor } from "unified";
import { type Dialect, isMdx } from "../../model/dialect.ts";

/** Adds to a parser what a dialect has beyond Markdown. Each part is loaded where it is asked for only. */
export async function addDialect(processor: Processor, file: string, dialect: Dialect): Promise<void> {
  if (isMdx(file, dialect)) processor.use((await import("remark-mdx")).default);
  if (dialect === "mkdocs" || dialect === "myst") {
    const { containerSyntax } = await import("./container.ts");
    const rule = dialect === "mkdocs" ? (await import("./mkdocs.ts")).MKDOCS : (await import("./myst.ts")).MYST;
    processor.use(syntax, containerSyntax(rule));
  } else if (dialect === "docusaurus") {
    const { docusaurusSyntax, docusaurusTree } = await import("./docusaurus.ts");
    // Behind MDX: what is added later is tried first.
    processor.use((await import("remark-directive")).default);
    processor.use(syntax, docusaurusSyntax, docusaurusTree);
  }
}

interface ParserData {
  micromarkExtensions?: Extension[];
  fromMarkdownExtensions?: unknown[];
}

function syntax(this: Processor, extension: Extension, tree?: unknown): void {
  const data = this.data() as ParserData;
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), extension];
  if (tree) data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), tree];
}
