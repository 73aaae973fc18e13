/** How is a recorded event told to a subscriber? As a CloudEvent 1.0 in structured JSON. */
import type { Recorded } from '../../events/registry.ts';

/** A recorded event with its position, as the event list and the stream give it. */
export type Listed = Recorded & { readonly position: number };

export function listed(event: Recorded): Listed {
  return { position: event.seq + 1, ...event };
}

/** The CloudEvents attributes, the recorded event as `data`. `position` is an extension: where it stands in the log. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly position: number;
  readonly data: Listed;
}

/** `source` and `id` together are unique: the log, and the event's id in it. */
export function cloudEventOf(event: Recorded): CloudEvent {
  return {
    specversion: '1.0',
    id: event.id,
    source: '/v1/events',
    type: event.type,
    subject: event.subject,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    position: event.seq + 1,
    data: listed(event),
  };
}
