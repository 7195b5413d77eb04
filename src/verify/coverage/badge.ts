/** A badge as a static picture: two fields, no font of its own, nothing that is fetched. */
export function badge(label: string, value: string, color: string): string {
  const width = (text: string): number => Math.round(text.length * 6.6) + 12;
  const [left, right] = [width(label), width(value)];
  const whole = left + right;
  const field = (text: string, x: number): string =>
    `<text x="${x}" y="14" text-anchor="middle" fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${escaped(text)}</text>`;
  const title = escaped(`${label}: ${value}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="20" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="r"><rect width="${whole}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#444"/><rect x="${left}" width="${right}" height="20" fill="${color}"/></g>`,
    field(label, left / 2),
    field(value, left + right / 2),
    "</svg>\n",
  ].join("\n");
}

/** The badge of what is proved, green only where all is. */
export function coverageBadge(percent: number): string {
  const color = percent >= 80 ? "#2e7d32" : percent >= 40 ? "#8a6d00" : "#a33";
  return badge("shell proved", `${percent} %`, color);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
