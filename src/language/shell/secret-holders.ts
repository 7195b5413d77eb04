import type { Command, SyntaxNode } from "unbash";
import { NAME } from "../model/names.ts";
import { loadUnbash } from "../parsers.ts";
import { parseShell } from "./analyse.ts";

/** Commands whose output holds what they are given: of others nobody can tell. */
const COPYING = new Set(["printf", "echo", "cat", "base64"]);
const DECLARING = new Set(["declare", "typeset", "export", "readonly"]);
/** What has a shell of its own, or runs later. */
const APART = new Set(["Subshell", "Function", "CommandExpansion", "ProcessSubstitution", "Coproc"]);

/**
 * The variables that a text gives a value in which a secret stands, and those that it gives another value. `holding` are
 * the names that hold a secret before it.
 */
export function secretHolders(text: string, holding: ReadonlySet<string>): { holds: Set<string>; lets: Set<string> } {
  const holds = new Set<string>();
  const lets = new Set<string>();
  const isSecret = (name: string): boolean => holds.has(name) || (holding.has(name) && !lets.has(name));
  const give = (name: string, secret: boolean): void => {
    if (!NAME.test(name)) return;
    (secret ? holds : lets).add(name);
    (secret ? lets : holds).delete(name);
  };
  const visit = (node: SyntaxNode): void => {
    if (APART.has(node.type) || (node.type === "Pipeline" && node.commands.length > 1)) return;
    if (node.type === "Command") assign(node, isSecret, give);
    loadUnbash().forEachChild(node, visit);
  };
  try {
    visit(parseShell(text));
  } catch {
    // Too deeply nested: another check reports that.
  }
  return { holds, lets };
}

function assign(
  command: Command,
  isSecret: (name: string) => boolean,
  give: (name: string, secret: boolean) => void,
): void {
  const verb = command.name?.value ?? "";
  const words = DECLARING.has(verb) ? command.args : [];
  for (const item of [...(command.name ? [] : command.prefix), ...words]) {
    if (item.type !== "Assignment") continue;
    const secret = contains(item.value, isSecret);
    // What is added to, or set in an array, keeps the rest.
    if (secret || !(item.append || item.index)) give(item.name, secret);
  }
  const names = command.args.flatMap((word) => ("value" in word && typeof word.value === "string" ? [word.value] : []));
  if (verb === "unset") for (const name of names) give(name, false);
  if (verb === "printf" && names[0] === "-v") {
    give(
      names[1] ?? "",
      command.args.slice(2).some((word) => contains(word, isSecret)),
    );
  }
  if (verb === "read" || verb === "mapfile" || verb === "readarray") {
    const secret = command.redirects.some((redirect) => contains(redirect, isSecret));
    for (const name of names) give(name, secret);
  }
}

/** Whether a value holds a secret whole: not its length, nor a part of it. */
function contains(node: SyntaxNode, isSecret: (name: string) => boolean): boolean {
  if (node.type === "SimpleExpansion") return isSecret(node.text.slice(1));
  if (node.type === "ParameterExpansion") {
    const { operation, prefix, parameter } = node;
    const whole =
      !operation ||
      operation.type === "Transform" ||
      (operation.type === "Default" && !operation.operator.endsWith("+"));
    if (!prefix && whole && isSecret(parameter)) return true;
  }
  if (node.type === "CommandExpansion" && !copies(node)) return false;
  let found = false;
  loadUnbash().forEachChild(node, (child) => {
    found ||= contains(child, isSecret);
  });
  return found;
}

function copies(node: SyntaxNode): boolean {
  let only = true;
  const visit = (child: SyntaxNode): void => {
    if (child.type === "Command" && !COPYING.has(child.name?.value ?? "")) only = false;
    loadUnbash().forEachChild(child, visit);
  };
  visit(node);
  return only;
}
