/** What do the events of AI models claim? */
import type { Recorded } from '../../events/registry.ts';
import { slugOf } from '../../events/identity.ts';
import type { Pen } from './assert.ts';

function sayRelease(event: Recorded<'ModelReleased'>, pen: Pen): void {
  const { name, developer, openWeights, parametersTotal, parametersActive, comparedWith, claims } =
    event.data;
  pen.say('name', name);
  pen.say('developer', developer);
  pen.sayIfKnown('openWeights', openWeights);
  pen.sayIfKnown('parametersTotal', parametersTotal);
  pen.sayIfKnown('parametersActive', parametersActive);
  pen.sayList('comparedWith', comparedWith);
  pen.sayList('statement', claims);
  pen.say('release', event.occurredOn ?? event.publishedOn);
  pen.on('party', developer).say('madeModel', slugOf(pen.subject));
}

/** The claims of one event about models. A dispute is no claim of its own: it speaks of other events. */
export function sayModels(event: Recorded, pen: Pen): boolean {
  switch (event.type) {
    case 'ModelReleased':
      sayRelease(event, pen);
      return true;
    case 'TrainingClaimed':
      pen.say('training', event.data);
      return true;
    default:
      return false;
  }
}
