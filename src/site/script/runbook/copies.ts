// The code of the copy buttons: loaded when a reader reaches for one of them.
export { copiedScript, copySource } from "../../../language/copied/copied-script.ts";
export { copyOf } from "../../../language/copied/copy.ts";
