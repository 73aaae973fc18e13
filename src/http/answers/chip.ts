import { z } from 'zod';
export const ChipAnswer = z.looseObject({});
export const ChipItem = z.looseObject({});
