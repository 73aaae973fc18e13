import { z } from 'zod';
export const ClusterAnswer = z.looseObject({});
