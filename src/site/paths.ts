import { homeOf } from "./base-path.ts";

/** The front page's path, under whatever path the site is served. */
export function homePath(): string {
  return homeOf(import.meta.env.BASE_URL);
}

/** A page's path, of its id in the collection. */
export function pagePath(id: string): string {
  return `${homePath()}${id === "index" ? "" : `${id.replace(/\/index$/, "")}/`}`;
}
