import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };
const LAST_POINT = 0x10ffff;

/** Text of any code points. fast-check's own `binary` unit takes seconds to build its tables. */
export function anyText(maxLength = 20): fc.Arbitrary<string> {
  const point = fc
    .oneof(
      fc.integer({ min: 0, max: 0xff }),
      fc.integer({ max: LAST_POINT - SURROGATES.count, min: 0 }),
    )
    .map((drawn) => (drawn < SURROGATES.from ? drawn : drawn + SURROGATES.count));
  return fc.array(point, { maxLength }).map((points) => String.fromCodePoint(...points));
}
