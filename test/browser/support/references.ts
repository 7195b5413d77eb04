import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every address in a built site's files that leads into the site, with the file that it stands in. */
interface Reference {
  file: string;
  address: string;
}

const inMarkup = /\s(?:href|src|action|poster|data-src)="([^"]+)"/g;
const inStyles = /url\(["']?([^"')]+)["']?\)/g;
const inData = /"(?:path|href|url)":"(\/[^"]*)"/g;
const inText = /\]\((\/[^)\s]*)\)/g;

/** What a built site's files refer to, of themselves. */
export function referencesIn(folder: string): Reference[] {
  const read = (pattern: string, ...expressions: RegExp[]) =>
    globSync(pattern, { cwd: folder }).flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return expressions.flatMap((one) => [...text.matchAll(one)].map(([, address = ""]) => ({ file, address })));
    });
  return [
    ...read("**/*.html", inMarkup),
    ...read("_astro/*.css", inStyles),
    ...read("*.json", inData),
    ...read("llms.txt", inText),
    ...read("feed.xml", /\shref="([^"]+)"/g),
  ].filter(({ address }) => !/^(?:[a-z][a-z+.-]*:|\/\/)/i.test(address));
}

/** Those that lead nowhere in the site's folder when that is served under `base`. */
export function deadReferences(folder: string, base: string): string[] {
  const pages = new Map<string, string>();
  const textOf = (file: string): string => {
    const text = pages.get(file) ?? readFileSync(join(folder, file), "utf8");
    pages.set(file, text);
    return text;
  };
  const unique = new Map(referencesIn(folder).map((one) => [`${one.file} → ${one.address}`, one]));
  return [...unique].flatMap(([said, { file, address }]) => {
    const url = new URL(address.replaceAll("&amp;", "&"), `http://site${base}${file}`);
    if (!url.pathname.startsWith(base)) return [said];
    const target =
      decodeURIComponent(url.pathname.slice(base.length)) + (url.pathname.endsWith("/") ? "index.html" : "");
    if (!existsSync(join(folder, target)) || !statSync(join(folder, target)).isFile()) return [said];
    const anchor = decodeURIComponent(url.hash.slice(1));
    if (!anchor || anchor === "_top" || !target.endsWith(".html")) return [];
    return textOf(target).includes(`id="${anchor}"`) ? [] : [said];
  });
}
