/** A place in a page's own text. Lines and columns count from 1; columns in UTF-16 code units. */
export interface Place {
  line: number;
  column: number;
}

/** A stretch of a page's own text; `end` is the place just behind its last character. */
export interface Span {
  start: Place;
  end: Place;
}
