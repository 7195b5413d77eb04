const root = document.getElementById("verbs");
const tabs = [...(root?.querySelectorAll<HTMLAnchorElement>(".verb-tabs a") ?? [])];
const panels = [...(root?.querySelectorAll<HTMLElement>(".verb-panel") ?? [])];
const known = new Set(tabs.map(({ dataset }) => dataset["set"] ?? ""));
const key = "verbs-system";

/** What the browser kept of an earlier visit, where it keeps anything. */
function kept(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(set: string): void {
  try {
    localStorage.setItem(key, set);
  } catch {
    // Without storage the address alone keeps it.
  }
}

/** The panel that the address names, if it names one. */
function named(): HTMLElement | undefined {
  return panels.find(({ id }) => id === location.hash.slice(1));
}

/** The reader's system, from the address, or else from an earlier visit. */
function wanted(): string | undefined {
  const asked = [named()?.dataset["set"], new URLSearchParams(location.search).get("system"), kept()];
  return asked.find((set): set is string => typeof set === "string" && known.has(set));
}

/** Shows one system's commands for all verbs. */
function show(set: string): void {
  for (const panel of panels) panel.classList.toggle("chosen", panel.dataset["set"] === set);
  for (const tab of tabs) {
    const chosen = tab.dataset["set"] === set;
    tab.classList.toggle("chosen", chosen);
    tab.ariaSelected = String(chosen);
    tab.tabIndex = chosen ? 0 : -1;
  }
  const rows = tabs
    .filter(({ dataset }) => dataset["set"] === set)
    .map((tab) => ({ row: tab.closest("ul"), left: tab.offsetLeft + tab.offsetWidth / 2 }));
  // Where the tabs don't fit, the chosen one stands in the middle.
  for (const { row, left } of rows) if (row) row.scrollLeft = left - row.clientWidth / 2;
}

/** The reader chose: all verbs follow, what was clicked stays where it is, and address and browser keep it. */
function choose(tab: HTMLAnchorElement): void {
  const set = tab.dataset["set"] ?? "";
  const before = tab.getBoundingClientRect().top;
  show(set);
  scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
  tab.focus({ preventScroll: true });
  const url = new URL(location.href);
  url.searchParams.set("system", set);
  if (named()) url.hash = tab.closest(".verb")?.querySelector("h2")?.id ?? "";
  history.replaceState(null, "", url);
  keep(set);
}

/** The tab that a key leads to, of the same verb. */
function reached(key: string, tab: HTMLAnchorElement): HTMLAnchorElement | undefined {
  const row = [...(tab.closest("ul")?.querySelectorAll("a") ?? [])];
  const at = row.indexOf(tab);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: row.length - 1, " ": at }[key];
  return to === undefined ? undefined : row[(to + row.length) % row.length];
}

for (const tab of tabs) {
  tab.role = "tab";
  tab.id = `tab-${tab.hash.slice(1)}`;
  tab.setAttribute("aria-controls", tab.hash.slice(1));
  tab.parentElement?.setAttribute("role", "presentation");
  tab.closest("ul")?.setAttribute("role", "tablist");
  tab.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(tab);
  });
  tab.addEventListener("keydown", (event) => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : reached(event.key, tab);
    if (!next) return;
    event.preventDefault();
    choose(next);
  });
}
for (const panel of panels) {
  panel.role = "tabpanel";
  panel.setAttribute("aria-labelledby", `tab-${panel.id}`);
}

/** Shows what the address names, as when it came from somebody else. */
function follow(): void {
  const set = wanted();
  show(set ?? tabs[0]?.dataset["set"] ?? "");
  if (set) {
    const url = new URL(location.href);
    url.searchParams.set("system", set);
    history.replaceState(null, "", url);
  }
  // The place was looked for while other panels stood open.
  const place = location.hash ? document.getElementById(location.hash.slice(1)) : undefined;
  (place?.closest(".verb") ?? place)?.scrollIntoView({ behavior: "instant" });
}

if (root) {
  root.classList.add("live");
  follow();
  addEventListener("hashchange", follow);
}

// A module, with names of its own.
export {};
