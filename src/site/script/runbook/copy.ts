/** Copies a text and says so for a moment. */
export async function copyText(text: string, button: HTMLElement, said: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(text);
  // Of a second click too, these are the button's own.
  button.dataset["words"] ??= button.textContent;
  button.textContent = said.textContent = "Copied";
  setTimeout(() => {
    button.textContent = button.dataset["words"] ?? "";
    said.textContent = "";
  }, 1500);
}
