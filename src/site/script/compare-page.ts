const form = document.querySelector<HTMLFormElement>("#comparison-form");
const table = document.querySelector<HTMLTableElement>("#comparison");
const rows = [...(table?.tBodies[0]?.rows ?? [])];
const order = rows.map(({ dataset }) => dataset["system"]);

/** What the reader chose, as it stands in the address. */
interface Chosen {
  must: string[];
  sort: string;
  a: string;
  b: string;
}

function read(): Chosen {
  const query = new URLSearchParams(location.search);
  const known = (name: string, fallback: string) => {
    const value = query.get(name);
    return value && order.includes(value) ? value : fallback;
  };
  return {
    must: (query.get("must") ?? "").split(",").filter(Boolean),
    sort: query.get("sort") ?? "",
    a: known("a", "lxc"),
    b: known("b", "kvm"),
  };
}

function write({ must, sort, a, b }: Chosen): void {
  const url = new URL(location.href);
  const set = (name: string, value: string) =>
    value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  set("must", must.join(","));
  set("sort", sort);
  set("a", a === "lxc" && b === "kvm" ? "" : a);
  set("b", a === "lxc" && b === "kvm" ? "" : b);
  history.replaceState(null, "", url);
}

function cellOf(row: HTMLTableRowElement | undefined, column: string): HTMLElement | null {
  return row?.querySelector<HTMLElement>(`[data-column="${CSS.escape(column)}"]`) ?? null;
}

function show(chosen: Chosen): void {
  let shown = 0;
  for (const row of rows) {
    const has = (row.dataset["has"] ?? "").split(" ");
    row.hidden = !chosen.must.every((wish) => has.includes(wish));
    if (!row.hidden) shown++;
  }
  const count = document.getElementById("comparison-count");
  if (count) count.textContent = `${shown} of ${rows.length} systems`;
  const key = (row: HTMLTableRowElement) => cellOf(row, chosen.sort)?.querySelector(".cell-is")?.textContent ?? "";
  const sorted = chosen.sort ? rows.toSorted((x, y) => key(x).localeCompare(key(y), "en")) : rows;
  table?.tBodies[0]?.append(...sorted);
  for (const head of table?.tHead?.querySelectorAll<HTMLElement>("th[data-column]") ?? []) {
    const by = head.dataset["column"] === chosen.sort;
    if (by) head.setAttribute("aria-sort", "ascending");
    else head.removeAttribute("aria-sort");
  }
  showPair(chosen);
}

function showPair({ a, b }: Chosen): void {
  const pair = document.querySelector<HTMLTableElement>("#pair-table");
  const two = [a, b].map((id) => rows.find(({ dataset }) => dataset["system"] === id));
  const head = document.createElement("tr");
  head.append(document.createElement("td"), ...two.map((row) => headOf(row?.cells[0]?.textContent ?? "", "col")));
  pair?.tHead?.replaceChildren(head);
  const lines = [...(table?.tHead?.querySelectorAll<HTMLElement>("th[data-column]") ?? [])].map((column) => {
    const line = document.createElement("tr");
    line.append(headOf(column.textContent ?? "", "row"));
    const cells = two.map((row) => cellOf(row, column.dataset["column"] ?? "")?.cloneNode(true) as HTMLElement);
    const [left, right] = cells.map((cell) => cell.querySelector(".cell-is")?.textContent);
    line.classList.toggle("differs", left !== right);
    line.append(...cells);
    return line;
  });
  pair?.tBodies[0]?.replaceChildren(...lines);
}

function headOf(words: string, scope: string): HTMLElement {
  const head = document.createElement("th");
  head.scope = scope;
  head.textContent = words.trim();
  return head;
}

const chosen = read();
if (form) {
  for (const box of form.querySelectorAll<HTMLInputElement>("[name=must]")) {
    box.checked = chosen.must.includes(box.value);
  }
  for (const name of ["a", "b"] as const) {
    const choice = form.querySelector<HTMLSelectElement>(`[name=${name}]`);
    if (choice) choice.value = chosen[name];
  }
  form.addEventListener("change", () => {
    const data = new FormData(form);
    chosen.must = data.getAll("must").map(String);
    chosen.a = String(data.get("a"));
    chosen.b = String(data.get("b"));
    write(chosen);
    show(chosen);
  });
}
for (const head of table?.tHead?.querySelectorAll<HTMLElement>("th[data-column]") ?? []) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent?.trim() ?? "";
  button.addEventListener("click", () => {
    chosen.sort = chosen.sort === head.dataset["column"] ? "" : (head.dataset["column"] ?? "");
    write(chosen);
    show(chosen);
  });
  head.replaceChildren(button);
}
show(chosen);
