/** Copies a text and says so. */
export async function copyText(text: string, button: HTMLElement, said: HTMLElement | null): Promise<void> {
  await navigator.clipboard.writeText(text);
  const words = button.textContent;
  button.textContent = "Copied";
  if (said) said.textContent = "Copied";
  setTimeout(() => {
    button.textContent = words;
    if (said) said.textContent = "";
  }, 1500);
}
