const form = document.querySelector<HTMLFormElement>("#comparison-form");
const table = document.querySelector<HTMLTableElement>("#comparison");
const heads = [...(table?.querySelectorAll<HTMLElement>("thead [data-system]") ?? [])];
const systems = heads.map(({ dataset }) => dataset["system"] ?? "");

/** What the reader chose, as it stands in the address. */
interface Chosen {
  must: string[];
  a: string;
  b: string;
}

function read(): Chosen {
  const query = new URLSearchParams(location.search);
  const known = (name: string, fallback: string) => {
    const value = query.get(name);
    return value && systems.includes(value) ? value : fallback;
  };
  return {
    must: (query.get("must") ?? "").split(",").filter(Boolean),
    a: known("a", "lxc"),
    b: known("b", "kvm"),
  };
}

function write({ must, a, b }: Chosen): void {
  const url = new URL(location.href);
  const set = (name: string, value: string) =>
    value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  set("must", must.join(","));
  set("a", a === "lxc" && b === "kvm" ? "" : a);
  set("b", a === "lxc" && b === "kvm" ? "" : b);
  history.replaceState(null, "", url);
}

function show(chosen: Chosen): void {
  let shown = 0;
  for (const head of heads) {
    const has = (head.dataset["has"] ?? "").split(" ");
    const hidden = !chosen.must.every((wish) => has.includes(wish));
    if (!hidden) shown++;
    for (const cell of table?.querySelectorAll<HTMLElement>(`[data-system="${head.dataset["system"]}"]`) ?? []) {
      cell.hidden = hidden;
    }
  }
  const count = document.getElementById("comparison-count");
  if (count) count.textContent = `${shown} of ${heads.length} systems`;
  showPair(chosen);
}

function showPair({ a, b }: Chosen): void {
  const pair = document.querySelector<HTMLTableElement>("#pair-table");
  const two = [a, b];
  const head = document.createElement("tr");
  const names = two.map((id) => heads.find(({ dataset }) => dataset["system"] === id)?.textContent ?? "");
  head.append(document.createElement("td"), ...names.map((name) => headOf(name, "col")));
  pair?.tHead?.replaceChildren(head);
  const lines = [...(table?.tBodies[0]?.rows ?? [])].map((row) => {
    const line = document.createElement("tr");
    line.append(headOf(row.cells[0]?.textContent ?? "", "row"));
    const cells = two.map((id) => row.querySelector(`[data-system="${id}"]`)?.cloneNode(true) as HTMLElement);
    for (const cell of cells) cell.hidden = false;
    const [left, right] = cells.map((cell) => cell.querySelector(".cell-is")?.textContent?.trim());
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
show(chosen);
