/** How is a subject named in a path? By its bare slug; one that is none is simply unknown. */
import { z } from 'zod';

export const SubjectPath = {
  id: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'The bare slug.', examples: ['bytedance'] }),
};
