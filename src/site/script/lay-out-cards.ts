import { whenIdle } from "./when-idle.ts";

/**
 * Has the cards of steps laid out one after the other while the browser is idle. Until then it skips those outside the window: all at
 * once, the cards of a long runbook would keep a telephone from answering for a quarter of a second. Who comes for one place of the
 * page, or goes to one, gets all at once, so that the place stays where it is.
 */
export function layOutCards(): void {
  const cards = [...document.querySelectorAll(".step")];
  const layOut = (count: number): void => {
    for (const card of cards.splice(0, count)) card.classList.add("laid-out");
    if (cards.length > 0) whenIdle(() => layOut(1));
  };
  const leadsInPage = (target: EventTarget | null) => target instanceof Element && target.closest('a[href^="#"]');
  window.addEventListener("click", ({ target }) => leadsInPage(target) && layOut(cards.length), { capture: true });
  if (location.hash) layOut(cards.length);
  else whenIdle(() => layOut(1));
}
