import { z } from 'zod';
export const DestinationAnswer = z.looseObject({});
