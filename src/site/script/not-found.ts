import { nearPaths } from "../search/near-paths.ts";

interface Known {
  home: string;
  pages: [path: string, title: string][];
}

const { home, pages }: Known = JSON.parse(document.getElementById("known-pages")?.textContent ?? "{}");
const titles = new Map(pages);
const wrong = decodeURI(location.pathname).slice(home.length);
const near = nearPaths(wrong, [...titles.keys()]);
const place = document.getElementById("did-you-mean");

if (place && near.length > 0) {
  const links = near.map((path) => {
    const link = document.createElement("a");
    link.href = `${home}${path}/`;
    link.textContent = titles.get(path) ?? path;
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  place.querySelector("ul")?.append(...links);
  place.hidden = false;
}

const button = document.getElementById("search-for");
if (button) {
  button.hidden = false;
  button.addEventListener("click", (event) => {
    // Starlight closes its dialog at a click outside of it, as this one is.
    event.stopPropagation();
    document.querySelector<HTMLElement>("button[data-open-modal]")?.click();
    const input = document.querySelector<HTMLInputElement>("#starlight__search input");
    if (!input) return;
    input.value = wrong.replaceAll(/[/_.-]+/g, " ").trim();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
