import { clean } from "../../terminal/clean.ts";

/** A place and a title of an annotation, as GitHub's workflow commands name them. */
export interface AnnotationPlace {
  file: string;
  line: number;
  col: number;
  title: string;
}

/** A workflow command that puts an annotation on a line of a file. Nothing in its texts can end it or begin another. */
export function annotation(level: "error" | "warning", place: AnnotationPlace, message: string): string {
  const properties = Object.entries(place).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${properties.join(",")}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return clean(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
