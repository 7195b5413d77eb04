import type { SyntaxNode } from "unbash";

/** What surrounds an expansion: it decides what its value may become, and whether quoting makes it exact. */
export type Context =
  /** Between double quotes. */
  | "quoted"
  /** The text of a heredoc whose delimiter is bare. */
  | "heredoc"
  /** An unquoted argument, or a word of `for`. */
  | "argument"
  /** An unquoted value of an assignment, target of a redirection or here-string. */
  | "unsplit"
  /** Anything else: a command's name, arithmetic, `[[ ]]`, a pattern, an operand, backticks. */
  | "other";

const OPERANDS = new Set([
  "Default",
  "Remove",
  "Replace",
  "Slice",
  "CaseModification",
  "Transform",
  "Names",
  "Unknown",
]);
const OPAQUE = new Set([
  "ArithmeticExpansion",
  "ArithmeticCommand",
  "TestCommand",
  "ExtendedGlob",
  "BraceExpansion",
  "ArrayValue",
]);

/** The context of a node's child, from the node's own. */
export function childContext(node: SyntaxNode, child: SyntaxNode, context: Context): Context {
  switch (node.type) {
    case "CommandExpansion":
    case "ProcessSubstitution":
      return node.text.startsWith("`") ? "other" : "argument";
    case "Command":
      return child.type === "Word" && (child === node.name || context === "other") ? "other" : "argument";
    case "For":
      return child === node.name ? "other" : "argument";
    case "Assignment":
      return child === node.value && context !== "other" ? "unsplit" : "other";
    case "Redirect":
    case "HereString":
      return context === "other" ? "other" : "unsplit";
    case "HereDocBody":
      return context === "other" ? "other" : "heredoc";
    case "DoubleQuoted":
      return context === "other" || context === "heredoc" ? "other" : "quoted";
    case "Glob":
    case "LocaleString":
    case "Case":
    case "CaseItem":
    case "ParameterExpansion":
      return child.type === "CompoundList" ? "argument" : "other";
    default:
      if (OPERANDS.has(node.type) || OPAQUE.has(node.type)) return "other";
      return context;
  }
}
