/** Any character of Unicode, alone: what JSON text is made of. Surrogates come in pairs. */
import * as fc from 'fast-check';

/** As often from the first plane, where the surrogates and the escapes of JSON lie near, as from all planes. */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0, max: 0xff_ff }),
    fc.integer({ min: 0, max: 0x10_ff_ff }),
  )
  .map((code) => String.fromCodePoint(code >= 0xd8_00 && code <= 0xdf_ff ? code - 0x8_00 : code));
