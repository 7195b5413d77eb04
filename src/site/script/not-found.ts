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
    void searchForWords();
  });
}

/** The search loads when the browser has time, so its button and its field may come later than the click. */
async function searchForWords(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const open = document.querySelector<HTMLButtonElement>("button[data-open-modal]");
    if (!document.querySelector("site-search dialog[open]")) open?.click();
    const input = document.querySelector<HTMLInputElement>("#starlight__search input");
    if (input) {
      input.value = wrong.replaceAll(/[/_.-]+/g, " ").trim();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    await new Promise((again) => setTimeout(again, 50));
  }
}
