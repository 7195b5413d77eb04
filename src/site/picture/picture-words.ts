import type { SystemId } from "../data/drawing/drawing.ts";
import { drawings } from "../data/drawing/drawings.ts";
import { titleOfFolder } from "../sections.ts";
import type { PictureWords } from "./draw-picture.ts";

/** What a built page's picture says, by its file below the site's folder and its text. */
export function pictureWords(file: string, html: string): PictureWords {
  const property = (name: string) => decode(new RegExp(`<meta property="${name}" content="([^"]*)"`).exec(html)?.[1]);
  const [folder = "", page] = file.split("/");
  const drawing = Object.hasOwn(drawings, folder) ? drawings[folder as SystemId] : undefined;
  const runbook = /id="runbook-data">\{"id":"([^"]+)"/.exec(html)?.[1];
  const words = { title: property("og:title"), site: property("og:site_name") };
  if (drawing) {
    const about = runbook ? `${drawing.name} · ./runbook exec ${runbook}` : capital(drawing.kind);
    return { ...words, about, drawing };
  }
  const inFolder = page !== undefined && page !== "index.html";
  return { ...words, about: inFolder ? titleOfFolder(folder) : "Explained, compared, and run as written" };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function decode(text = ""): string {
  const named: Record<string, string> = { quot: '"', lt: "<", gt: ">", apos: "'", amp: "&" };
  return text
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll(/&#x([\da-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&(\w+);/g, (whole, name) => named[name] ?? whole);
}
