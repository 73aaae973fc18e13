import { z } from 'zod';
export const InstrumentAnswer = z.looseObject({});
export const InstrumentItem = z.looseObject({});
export const LegalStatus = z.string();
