import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const source = fileURLToPath(new URL("../../", import.meta.url));
const parts = ["language", "evidence", "words"].map((name) => `${source}${name}/`);

/** As far as this plugin asks Vite where it is. */
interface Here {
  environment: { config: { consumer: "client" | "server" } };
}

/**
 * A Vite plugin: what draws pages takes the language and the evidence from the sources as they are. Node runs these, as it does for the
 * plugins of Markdown; bundled, with the parsers that they load, they would be there twice.
 */
export function outsideBundle() {
  return {
    name: "outside-bundle",
    apply: "build" as const,
    enforce: "pre" as const,
    resolveId(this: Here, module: string, importer?: string) {
      if (!importer || !module.startsWith(".") || this.environment.config.consumer !== "server") return undefined;
      const file = resolve(dirname(importer.replace(/\?.*/, "")), module);
      return parts.some((part) => file.startsWith(part)) ? { id: pathToFileURL(file).href, external: true } : undefined;
    },
  };
}
