/** What is the service doing? Its figures for Prometheus. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Tidemark } from '../service/tidemark.ts';

export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #seconds: Histogram<'method' | 'route'>;
  readonly recorded: Counter;
  /** Plain numbers: the front door has no time for labels. Collected when they are asked for. */
  readonly remembered = { answered: 0, notModified: 0 };

  constructor(tidemark: Tidemark, countAnswers: () => number) {
    const registers = [this.registry];
    this.#requests = new Counter({
      name: 'tidemark_http_requests_total',
      help: 'Requests answered, by method, route and status; not those answered from memory.',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'tidemark_http_request_seconds',
      help: 'Time from the arrival of a request to the end of its answer; not those answered from memory.',
      labelNames: ['method', 'route'],
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    });
    this.recorded = new Counter({
      name: 'tidemark_events_recorded_total',
      help: 'Events recorded over HTTP.',
      registers,
    });
    const { remembered } = this;
    const counted = new Counter({
      name: 'tidemark_remembered_answers_total',
      help: 'Requests answered from memory, by status.',
      labelNames: ['status'],
      registers,
      collect() {
        this.reset();
        this.inc({ status: 200 }, remembered.answered);
        this.inc({ status: 304 }, remembered.notModified);
      },
    });
    void counted;
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    gauge('tidemark_position', 'The last log position that is known.', () => tidemark.position);
    const behind = new Gauge({
      name: 'tidemark_behind',
      help: 'Recorded events that are not known yet; absent where the log does not say how many it has.',
      registers,
      async collect() {
        const events = await tidemark.behind();
        if (events === null) this.remove();
        else this.set(events);
      },
    });
    void behind;
    gauge('tidemark_subscribers', 'Open event streams.', () => tidemark.feed.subscriberCount);
    gauge(
      'tidemark_waiting_questions',
      'Questions that wait for what another node recorded.',
      () => tidemark.waitingCount,
    );
    gauge('tidemark_answers_in_memory', 'Answers that are kept to be sent again.', countAnswers);
  }

  /** Also the figures of the process; for the real service, not for tests. */
  withProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status });
    this.#seconds.observe({ method, route }, seconds);
  }
}
