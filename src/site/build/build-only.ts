import type { AstroIntegration } from "astro";

/** Leaves out of a build what only the server of `astro dev` needs: Vite bundles the packages of Astro's toolbar for browsers ahead. */
export function buildOnly(): AstroIntegration {
  return {
    name: "build-only",
    hooks: {
      "astro:config:setup": ({ command, updateConfig }) => {
        if (command === "build") updateConfig({ vite: { plugins: [withoutBundlingAhead] } });
      },
    },
  };
}

const withoutBundlingAhead = {
  name: "without-bundling-ahead",
  configResolved({ environments }: { environments: Record<string, { optimizeDeps: { include?: string[] } }> }): void {
    for (const { optimizeDeps } of Object.values(environments)) optimizeDeps.include = [];
  },
};
