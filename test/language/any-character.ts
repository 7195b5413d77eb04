import fc from "fast-check";

const codePoint = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff }));

/** Any character, control characters and halves of pairs too; fast-check's own such unit takes seconds to build. */
export const anyCharacter = codePoint.map((point) => String.fromCodePoint(point));
