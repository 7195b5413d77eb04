/** A transformer of Shiki's, which gives each line as long as it takes: on a busy machine half a second ends, and the rest of the line stays plain. */
export const wholeTime = {
  name: "whole-time",
  preprocess(_code: string, options: { tokenizeTimeLimit?: number }): void {
    options.tokenizeTimeLimit = 0;
  },
};
