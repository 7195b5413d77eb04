/** A fence of the tutorial: a part of its page, or a command and what it prints. */
export interface Shown {
  kind: "part" | "printed";
  title: string;
  text: string;
}

const fence = /^(`{3,})(md|text) title="([^"]*)"\n(.*?)^\1$/gms;

/** The fences with a title, in order. */
export function shownIn(tutorial: string): Shown[] {
  return [...tutorial.matchAll(fence)].map(([, , language, title = "", text = ""]) => ({
    kind: language === "md" ? "part" : "printed",
    title,
    text,
  }));
}

/** The tutorial with these outputs in place of its own, in order. */
export function withOutputs(tutorial: string, outputs: readonly string[]): string {
  let at = 0;
  return tutorial.replaceAll(fence, (all, ticks: string, language: string, title: string) => {
    if (language === "md") return all;
    return `${ticks}${language} title="${title}"\n${outputs[at++] ?? ""}${ticks}`;
  });
}

/** The page as far as the tutorial has got with these parts: what belongs at its end, at its end. */
export function pageOf(parts: readonly Shown[]): string {
  const isEnd = ({ title }: Shown): boolean => title.endsWith("at its end");
  const text = (some: readonly Shown[]): string => some.map((part) => part.text).join("");
  return text(parts.filter((part) => !isEnd(part))) + text(parts.filter(isEnd));
}

/** What differs from run to run, each the same. */
export function normal(output: string): string {
  return output
    .replaceAll(/\b\d{8}-\d{4}-[a-z0-9]{4}\b/g, "<run>")
    .replaceAll(/\b\d+(\.\d+)? m?s\b/g, "<duration>")
    .replaceAll(/"time":"[^"]*"/g, '"time":"<time>"')
    .replaceAll(/"durationMs":\d+/g, '"durationMs":0');
}
