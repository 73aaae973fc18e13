/** Which addresses does the service answer? A new endpoint is declared in a file of routes/ and listed here. */
import type { Endpoint } from './endpoint.ts';
import { audit } from './routes/audit.ts';
import { companies } from './routes/companies.ts';
import { compute } from './routes/compute.ts';
import { determinations } from './routes/determinations.ts';
import { events } from './routes/events.ts';
import { memento } from './routes/memento.ts';
import { regulation } from './routes/regulation.ts';
import { service } from './routes/service.ts';
import { stream } from './routes/stream.ts';
import { why } from './routes/why.ts';

export const endpoints: readonly Endpoint[] = [
  ...regulation,
  ...determinations,
  ...why,
  ...memento,
  ...companies,
  ...compute,
  ...events,
  ...stream,
  ...audit,
  ...service,
];
