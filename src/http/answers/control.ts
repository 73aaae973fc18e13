import { z } from 'zod';
export const ControlItem = z.looseObject({});
