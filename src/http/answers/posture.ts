import { z } from 'zod';
export const PostureAnswer = z.looseObject({});
