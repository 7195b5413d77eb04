// What only a copy button needs: it comes when a reader reaches for one.
export { copiedScript, copySource } from "../../../language/copied/copied-script.ts";
export { copyOf } from "../../../language/copied/copy.ts";
