/** The search by keyboard: `/` opens it, Enter opens the first hit, arrows go from hit to hit. */
export function setUpKeys(place: Element, isSettled: () => boolean): void {
  const input = (): HTMLInputElement | null => place.querySelector("input");
  const hits = (): HTMLAnchorElement[] => [
    ...place.querySelectorAll<HTMLAnchorElement>(":is(.pagefind-ui__result-link, .near-results a)"),
  ];

  // Hits of what stood there before are those of another question.
  const openFirst = async (): Promise<void> => {
    const typed = input()?.value;
    for (let tries = 0; tries < 100 && input()?.value === typed; tries++) {
      const said = place.querySelector(".pagefind-ui__message")?.textContent ?? "";
      // Each result comes into its place once it is loaded, in any order.
      const first = place.querySelector(":is(.pagefind-ui__result, .near-results li)")?.querySelector("a");
      if (typed && isSettled() && said.includes(typed.trim()) && first) {
        first.click();
        return;
      }
      await new Promise((again) => setTimeout(again, 50));
    }
  };

  place.addEventListener("keydown", (event) => {
    const { key, target, isComposing } = event as KeyboardEvent;
    if (isComposing) return;
    const all = hits();
    const at = all.indexOf(target as HTMLAnchorElement);
    if (key === "Enter" && target === input()) void openFirst();
    else if (key === "ArrowDown" && at + 1 < all.length) all[at + 1]?.focus();
    else if (key === "ArrowUp" && at >= 0) (all[at - 1] ?? input())?.focus();
    else return;
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    const typing = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
    if (key !== "/" || ctrlKey || metaKey || altKey || typing) return;
    document.querySelector<HTMLElement>("button[data-open-modal]")?.click();
    event.preventDefault();
  });
}
