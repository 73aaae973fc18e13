import { z } from 'zod';
export const DealAnswer = z.looseObject({});
