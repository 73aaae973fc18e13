import { z } from 'zod';
export const ModelAnswer = z.looseObject({});
export const ModelItem = z.looseObject({});
