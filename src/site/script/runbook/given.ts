import type { PageData } from "../../../language/copied/page-data.ts";

/** The values that the page's address gives; of those it can't give, secrets and unknown names, none. */
export function readAddress({ params }: PageData, search: string): Map<string, string> {
  const query = new URLSearchParams(search);
  const given = new Map<string, string>();
  for (const parameter of params) {
    const value = parameter.secret ? null : query.get(parameter.name);
    if (value !== null && value !== parameter.default) given.set(parameter.name, value.replace(/\r\n?/g, "\n"));
  }
  return given;
}

/** What is given once a parameter has another value: in the parameters' order, without what is its default again. */
export function withValue(
  { params }: PageData,
  given: ReadonlyMap<string, string>,
  name: string,
  value: string,
): Map<string, string> {
  const changed = new Map([...given, [name, value]]);
  const fallback = params.find((parameter) => parameter.name === name)?.default;
  // A computed value's example is only that: whoever types it means it.
  if (value === (fallback === undefined ? "" : fallback)) changed.delete(name);
  return new Map(params.flatMap((one) => [...changed].filter(([changedName]) => changedName === one.name)));
}

/** The address with these values in place of its former ones; what else it says stays. */
export function addressWith({ params }: PageData, given: ReadonlyMap<string, string>, href: string): string {
  const url = new URL(href);
  for (const { name } of params) url.searchParams.delete(name);
  for (const [name, value] of given) url.searchParams.set(name, value);
  return url.href;
}

/** The values that the commands are shown with. */
export function valuesFor({ initial }: PageData, given: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...initial, ...given]);
}
