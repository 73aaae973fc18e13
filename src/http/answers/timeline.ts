import { z } from 'zod';
export const TimelineItem = z.looseObject({});
export const UpcomingItem = z.looseObject({});
