/** A page for editors, with a proof of a step that isn't there; `header` is more lines of its header. */
export const faultyPage = (id: string, header = ""): string => `---
title: Page
runbook:
  id: ${id}
${header}  params:
    NAME: { default: web1, description: What it is called }
---

\`\`\`sh step="make"
mkdir "/srv/$NAME"
\`\`\`

\`\`\`sh proof="meke"
[ -d "/srv/$NAME" ]
\`\`\`
`;
