/** Does something once the browser has nothing else to do. Safari can't say when that is. */
export function whenIdle(then: () => void): void {
  (window.requestIdleCallback ?? ((soon: () => void) => setTimeout(soon, 1)))(then);
}
