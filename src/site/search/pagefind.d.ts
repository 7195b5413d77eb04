declare module "@pagefind/default-ui" {
  /** The search's surface; the package has no types. */
  export class PagefindUI {
    constructor(options: object);
  }
}
