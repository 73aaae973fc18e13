/** Where does an answer stand? The `at` of every answer. */
import { z } from 'zod';
import { ImpreciseDate } from '../../../events/dates.ts';
import { Subject } from '../../../events/identity.ts';

const CoverageNote = z.strictObject({
  subject: Subject,
  scope: z.string(),
  from: ImpreciseDate.meta({ description: 'The first day that this part of the record covers.' }),
  to: ImpreciseDate.meta({ description: 'The last day that this part of the record covers.' }),
  text: z.string(),
  asked: z.enum(['before', 'after', 'both']).meta({
    description: 'Whether asOf or publishedBy lies before `from`, after `to`, or one of them on each side.',
  }),
});

export const AtAnswer = z
  .strictObject({
    asOf: z.string().meta({
      description: 'The day or instant asked for; the instant of the request where none was given.',
    }),
    publishedBy: z.string().nullable().meta({ description: 'null: no limit was set.' }),
    position: z.int().nonnegative().meta({
      description: 'The log position that the answer rests on; with it as recordedBy the answer is final.',
    }),
    recordedAt: z
      .string()
      .nullable()
      .meta({ description: 'When that position was recorded; null before the first event.' }),
    prospective: z.boolean().meta({
      description:
        'asOf was given and lies after the day on which the position was recorded: the answer shows only what is scheduled.',
    }),
    coverage: z.array(CoverageNote).meta({
      description:
        'Parts of the record that begin after asOf or publishedBy, or end before it, earliest end first: of what lies outside them silence says nothing.',
    }),
  })
  .meta({ description: 'Where the answer stands on the three clocks.' });
