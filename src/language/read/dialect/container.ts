import { blankLine } from "micromark-core-commonmark";
import { factorySpace } from "micromark-factory-space";
import { markdownLineEnding } from "micromark-util-character";
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    dialectContainer: "dialectContainer";
    dialectLine: "dialectLine";
    dialectIndent: "dialectIndent";
  }
}

/** A block of another Markdown: the line that opens it is dropped, and its content is Markdown. */
export interface ContainerRule {
  /** The characters that its opening line can begin with. */
  first: readonly string[];
  /** Reads the opening line, from its first mark on; undefined where it is none. */
  opens: (line: string) => Opened | undefined;
}

/** A block that is open. */
export interface Opened {
  /** Columns that its content's lines are indented by, and lose; a line with fewer ends the block. */
  indent?: number;
  /** Whether a line, without its indentation, is the last of the block. */
  closes?: (line: string) => boolean;
}

interface ContainerState extends Opened {
  open?: boolean;
  size?: number;
  closed?: boolean;
  _closeFlow?: boolean | undefined;
}

/** The syntax of blocks that hold Markdown, as an extension of micromark. */
export function containerSyntax({ first, opens }: ContainerRule): Extension {
  const construct: Construct = {
    name: "dialectContainer",
    tokenize(effects, ok, nok) {
      const state = this.containerState as ContainerState;
      const indent = indentBefore(this);
      effects.enter("dialectContainer", { _container: true });
      return readLine(effects, nok, (line) => {
        const opened = opens(line);
        if (!opened) return nok;
        Object.assign(state, opened, { size: indent + (opened.indent ?? 0) });
        return ok;
      });
    },
    continuation: { tokenize: tokenizeContinuation },
    exit(effects) {
      effects.exit("dialectContainer");
    },
  };
  return { document: Object.fromEntries(first.map((mark) => [mark.charCodeAt(0), construct])) };
}

function tokenizeContinuation(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const state = this.containerState as ContainerState;
  const { size = 0, closes } = state;
  if (state.closed) return nok;
  if (closes) {
    const end = (): State => {
      state.closed = true;
      // What the block holds ends here, too, a fence that was never closed say.
      state._closeFlow = true;
      this.interrupt = undefined as never;
      return ok;
    };
    const closing: Construct = {
      tokenize: (inner, found, none) => {
        return factorySpace(
          inner,
          readLine(inner, none, (line) => (closes(line) ? found : none)),
          "linePrefix",
          4,
        );
      },
      partial: true,
    };
    return effects.attempt(closing, (code) => end()(code), factorySpace(effects, ok, "dialectIndent", size + 1));
  }
  const indented: Construct = {
    tokenize(inner, found, none) {
      return factorySpace(
        inner,
        (code) => (indentOf(this) === size ? found(code) : none(code)),
        "dialectIndent",
        size + 1,
      );
    },
    partial: true,
  };
  return effects.check(
    blankLine,
    factorySpace(effects, ok, "dialectIndent", size + 1),
    effects.attempt(indented, ok, nok),
  );
}

/** Takes a whole line; what follows is decided when all of it is known. */
function readLine(effects: Effects, nok: State, decide: (line: string) => State): State {
  let line = "";
  const inside = (code: Code): State | undefined => {
    if (code === null || markdownLineEnding(code)) {
      effects.exit("dialectLine");
      return decide(line)(code);
    }
    // A tab is its own code, and the columns that it reaches over are another.
    if (code >= 0) line += String.fromCharCode(code);
    else if (code === -2) line += "\t";
    effects.consume(code);
    return inside;
  };
  return (code) => {
    if (code === null || markdownLineEnding(code)) return nok(code);
    effects.enter("dialectLine");
    return inside(code);
  };
}

function indentBefore({ events }: TokenizeContext): number {
  const tail = events.at(-1);
  return tail?.[1].type === "linePrefix" ? tail[2].sliceSerialize(tail[1], true).length : 0;
}

function indentOf({ events }: TokenizeContext): number {
  const tail = events.at(-1);
  return tail?.[1].type === "dialectIndent" ? tail[2].sliceSerialize(tail[1], true).length : 0;
}
