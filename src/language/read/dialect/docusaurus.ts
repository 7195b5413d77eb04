import type { Extension as FromMarkdownExtension } from "mdast-util-from-markdown";
import { factorySpace } from "micromark-factory-space";
import { markdownLineEnding } from "micromark-util-character";
import type { Code, Construct, Extension, State } from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    dialectComment: "dialectComment";
    dialectCommentText: "dialectCommentText";
    dialectHeadingId: "dialectHeadingId";
  }
}

const OPENING = "<!--";
const CLOSING = "-->";

/** `<!-- … -->`, which MDX has no more and Docusaurus still reads. */
function comment(flow: boolean): Construct {
  return {
    name: "dialectComment",
    // Nothing within it opens a list or a quote.
    concrete: flow,
    tokenize(effects, ok, nok) {
      let opening = 0;
      let closing = "";
      const after: State = (code) => (code === null || markdownLineEnding(code) ? ok(code) : nok(code));
      const end = (): State => {
        effects.exit("dialectCommentText");
        effects.exit("dialectComment");
        return flow ? factorySpace(effects, after, "whitespace") : ok;
      };
      const lineStart: State = (code) => {
        if (code === null || (flow && this.parser.lazy[this.now().line])) return nok(code);
        if (markdownLineEnding(code)) return lineEnd(code);
        effects.enter("dialectCommentText");
        return inside(code);
      };
      const lineEnd: State = (code) => {
        closing = "";
        effects.enter("lineEnding");
        effects.consume(code);
        effects.exit("lineEnding");
        return lineStart;
      };
      const inside = (code: Code): State | undefined => {
        if (code === null) return nok(code);
        if (markdownLineEnding(code)) {
          effects.exit("dialectCommentText");
          return lineEnd(code);
        }
        closing = (closing + String.fromCharCode(Math.max(code, 0))).slice(-CLOSING.length);
        effects.consume(code);
        return closing === CLOSING ? end() : inside;
      };
      const open = (code: Code): State | undefined => {
        if (code !== OPENING.charCodeAt(opening)) return nok(code);
        opening += 1;
        effects.consume(code);
        return opening === OPENING.length ? inside : open;
      };
      return (code) => {
        effects.enter("dialectComment");
        effects.enter("dialectCommentText");
        return open(code);
      };
    },
  };
}

/** `{#id}` at the end of a heading, which MDX would take for an expression. */
const headingId: Construct = {
  name: "dialectHeadingId",
  tokenize(effects, ok, nok) {
    let text = "";
    const atEnd: State = (code) => (code === null || markdownLineEnding(code) ? ok(code) : nok(code));
    const inside = (code: Code): State | undefined => {
      if (code === null || code < 0) return nok(code);
      text += String.fromCharCode(code);
      effects.consume(code);
      if (code !== 125) return inside;
      effects.exit("dialectHeadingId");
      return /^\{#[\w-]+\}$/.test(text) ? factorySpace(effects, atEnd, "whitespace") : nok;
    };
    return (code) => {
      effects.enter("dialectHeadingId");
      return inside(code);
    };
  },
};

/** What Docusaurus has beside MDX and directives, as an extension of micromark. */
export const docusaurusSyntax: Extension = {
  flow: { 60: comment(true) },
  text: { 60: comment(false), 123: headingId },
};

/** Comments are nodes of HTML in the tree, as they are in Markdown. */
export const docusaurusTree: FromMarkdownExtension = {
  enter: {
    dialectComment(token) {
      this.enter({ type: "html", value: this.sliceSerialize(token) }, token);
    },
  },
  exit: {
    dialectComment(token) {
      this.exit(token);
    },
  },
};
