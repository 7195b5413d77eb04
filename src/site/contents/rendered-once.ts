let known: Promise<string> | undefined;

/** What was rendered at the first call. */
export function renderedOnce(render: () => Promise<string>): Promise<string> {
  known ??= render();
  return known;
}
