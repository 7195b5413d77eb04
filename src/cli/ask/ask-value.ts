import type { Parameter } from "../../language/model/runbook.ts";
import { checkValue } from "../../language/values/check-value.ts";
import { clean } from "../../terminal/clean.ts";
import type { Style } from "../../terminal/style.ts";
import { askLine, type Terminal } from "./prompt.ts";

/** Asks for a value until it is one that its parameter takes. */
export async function askValue(parameter: Parameter, terminal: Terminal, style: Style): Promise<string> {
  const { name, description, secret, list } = parameter;
  const fallback = typeof parameter.default === "string" ? parameter.default : undefined;
  terminal.write(`${style("bold", name)}${description ? `: ${clean(description)}` : ""}${noteOn(parameter)}\n`);
  const prompt = `  ${name}${fallback === undefined ? "" : ` [${fallback}]`}= `;
  for (;;) {
    const typed = await askLine(terminal, {
      prompt,
      hidden: secret,
      // No remark while a word is half typed: the last word of a list may be unfinished, too.
      remark: (text) => (text === "" || secret ? "" : remark(parameter, text, style)),
    });
    const value = typed === "" && fallback !== undefined ? fallback : list ? typed.trim() : typed;
    const problem = value === "" && fallback === undefined ? `${name} needs a value.` : checkValue(parameter, value);
    if (!problem) return value;
    terminal.write(`  ${style("red", problem)}\n`);
  }
}

function noteOn({ enum: choices, pattern, list, secret }: Parameter): string {
  const notes = [
    ...(choices ? [`one of ${choices.join(", ")}`] : []),
    ...(pattern && !choices ? [`${list ? "words that match" : "matches"} ${pattern}`] : []),
    ...(secret ? ["not shown as you type"] : []),
  ];
  return notes.length > 0 ? ` (${notes.join("; ")})` : "";
}

function remark(parameter: Parameter, text: string, style: Style): string {
  return checkValue(parameter, text) === undefined ? style("green", "ok") : style("yellow", "not yet");
}
