/**
 * How the search weighs what it finds (https://pagefind.app/docs/ranking/). Whose name is searched for, as `LXC`, comes
 * first by its own page: `system` is the title of such a page only. Who wants to install a system comes first by the page
 * that sets its host up: `task` is what such a page does, in the words of a search.
 */
export const ranking = {
  pageLength: 0.1,
  termFrequency: 0.5,
  termSaturation: 2,
  termSimilarity: 9,
  metaWeights: { title: 5, system: 8, task: 5 },
};
