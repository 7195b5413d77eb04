/**
 * The rules of a style sheet that make its light theme, for pages whose theme no script can set: they stay dark by
 * their attribute, and take these where the system is light.
 */
export function lightRules(css: string): string {
  let kept = "";
  for (let at = 0; at < css.length; ) {
    const open = endOf(css, at, "{;");
    const prelude = css.slice(at, open).trim();
    if (css[open] !== "{") {
      at = open + 1;
      continue;
    }
    const close = endOf(css, open + 1, "}");
    const body = css.slice(open + 1, close);
    const own = /^@(?:layer|media|supports)\b/.test(prelude) ? lightRules(body) : isLight(prelude) ? body : "";
    if (own !== "") kept += `${prelude.replace(light, '$1[data-theme="dark"]')}{${own}}`;
    at = close + 1;
  }
  return kept;
}

const light = /(^|,|:root|html)\[data-theme=["']?light["']?\]/g;

/** Whether a selector is of the light theme alone. */
function isLight(selector: string): boolean {
  return selector.search(light) >= 0 && !/(^|,)\s*\[data-theme=["']?dark/.test(selector);
}

/** Where one of the characters comes next, outside of strings and inner blocks. */
function endOf(css: string, from: number, ends: string): number {
  let depth = 0;
  for (let at = from; at < css.length; at++) {
    const char = css[at] ?? "";
    if (char === "\\") at++;
    else if (char === '"' || char === "'") at = stringEnd(css, at);
    else if (depth === 0 && ends.includes(char)) return at;
    else if (char === "{") depth++;
    else if (char === "}") depth--;
  }
  return css.length;
}

function stringEnd(css: string, from: number): number {
  for (let at = from + 1; at < css.length; at++) {
    if (css[at] === "\\") at++;
    else if (css[at] === css[from]) return at;
  }
  return css.length;
}
