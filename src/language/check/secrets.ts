import type { SyntaxNode } from "unbash";
import type { Complaints } from "../model/complaints.ts";
import type { Parameter, Runbook } from "../model/runbook.ts";
import { loadUnbash } from "../parsers.ts";
import { parseShell } from "../shell/analyse.ts";
import { referredNames } from "../values/substitute.ts";

/** Warns of secrets of these runbooks that the last one puts where every user of the machine can read them. */
export function checkSecrets(order: readonly Runbook[], complaints: Complaints): void {
  const parameters = order.flatMap(({ params }) => params);
  const secrets = new Set(parameters.filter((one: Parameter) => one.secret).map(({ name }) => name));
  const { steps, targets } = order.at(-1) as Runbook;
  if (secrets.size === 0) return;
  for (const { file, fence } of steps) {
    const name = referredNames(file?.path ?? "").find((one) => secrets.has(one));
    if (name === undefined) continue;
    const message = `The secret ${name} stands in the path of this file, and folders show their files' names.`;
    complaints.add("secret-shown", { start: fence.span.start, end: fence.span.start }, message, {
      hint: "Such a step fails: name the file after a value that is no secret.",
    });
  }
  for (const { command, span } of targets) {
    const name = argumentsOf(command)
      .flatMap(referredNames)
      .find((one) => secrets.has(one));
    if (name === undefined) continue;
    const message = `The secret ${name} is an argument of the target's command, and process lists show arguments.`;
    complaints.add("secret-shown", span, message, {
      hint: `Let the command read it from its environment, where it is ${name}, or from a file.`,
    });
  }
}

/** The words that a text gives to programs, but for those in single quotes, which the shell leaves as they are. */
function argumentsOf(text: string): string[] {
  const words: string[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Command")
      words.push(...node.args.map((word) => word.text).filter((word) => !word.startsWith("'")));
    loadUnbash().forEachChild(node, visit);
  };
  visit(parseShell(text));
  return words;
}
