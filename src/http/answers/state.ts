import { z } from 'zod';
export const StateAnswer = z.looseObject({});
