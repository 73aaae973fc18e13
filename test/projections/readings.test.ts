/** How is an event read, once it was corrected or retracted? */
import { describe, expect, it } from '@jest/globals';
import type { Subject } from '../../events/identity.ts';
import type { Given, Question } from '../history/given.ts';
import { chips, correction, denial, idOf, known, rental, retraction } from '../history/given.ts';
import { statusOf } from '../../projections/status.ts';

const plan: Subject = 'deal:plan' as Subject;
const report = rental(
  'plan',
  { lessors: ['oracle'] },
  { name: 'report', publishedOn: '2025-01-01', summary: 'As reported.' },
);

function readAt(question: Omit<Question, 'asOf'>, ...given: Given[]) {
  return known({ asOf: '2025-12-31', ...question }, ...given).reading(idOf('report'));
}
const summaryAt = (question: Omit<Question, 'asOf'>, ...given: Given[]) =>
  readAt(question, ...given)?.event.summary ?? null;
const head = {};

describe('a correction of the record', () => {
  const corrected = correction(
    'report',
    'record',
    { '/summary': 'As it was.' },
    { publishedOn: '2025-06-01' },
  );

  it('holds for every publication date, from the position where it was recorded', () => {
    expect(summaryAt({ publishedBy: '2025-01-01' }, report, corrected)).toBe('As it was.');
    expect(summaryAt({ publishedBy: '2025-12-31' }, report, corrected)).toBe('As it was.');
    expect(summaryAt({ position: 1 }, report, corrected)).toBe('As reported.');
  });

  it('leaves the log as it is, and says that the event was corrected', () => {
    const evidence = known({ asOf: '2025-12-31' }, report, corrected);
    expect(evidence.recorded(idOf('report'))?.summary).toBe('As reported.');
    const reading = evidence.reading(idOf('report'));
    expect(reading?.corrected).toBe(true);
    expect(reading === null ? null : statusOf(reading, evidence)).toBe('corrected');
  });

  it('of the publication date moves when the event was known', () => {
    const later = correction('report', 'record', { '/publishedOn': '2025-03-01' });
    expect(readAt({ publishedBy: '2025-02-28' }, report, later)).toBeNull();
    expect(readAt({ publishedBy: '2025-02-28', position: 1 }, report, later)).not.toBeNull();
    expect(readAt({ publishedBy: '2025-03-01' }, report, later)).not.toBeNull();
  });

  it('of the occurrence moves when the fact began', () => {
    const since = correction('report', 'record', { '/occurredOn': '2024-06-01' });
    const stageAt = (asOf: string, ...given: Given[]) =>
      known({ asOf }, ...given).claims(plan, 'stage')[0]?.assumed;
    expect(stageAt('2024-06-01', report)).toBe(true);
    expect(stageAt('2024-06-01', report, since)).toBe(false);
  });

  it('of a list takes the event away from those it no longer names, and to those it does', () => {
    const renamed = correction('report', 'record', { '/data/lessees': ['alibaba'] });
    const speaksOf = (party: string, position: number) =>
      known({ asOf: '2025-12-31', position }, report, renamed).readings(`party:${party}` as Subject).length;
    expect([speaksOf('bytedance', 1), speaksOf('alibaba', 1)]).toEqual([1, 0]);
    expect([speaksOf('bytedance', 2), speaksOf('alibaba', 2)]).toEqual([0, 1]);
    expect([speaksOf('oracle', 1), speaksOf('oracle', 2)]).toEqual([1, 1]);
  });

  it('reaches into a list and appends to it', () => {
    const changed = correction('report', 'record', {
      '/data/lessors/0': 'coreweave',
      '/data/lessors/-': 'nvidia',
    });
    const event = readAt(head, report, changed)?.event;
    expect(event?.type === 'RentalDealReported' ? event.data.lessors : null).toEqual(['coreweave', 'nvidia']);
  });

  it('of what a denial denies moves the denial', () => {
    const other = rental('plan', {}, { name: 'other' });
    const denied = denial(['report'], { scope: 'whole' }, { name: 'denial' });
    const moved = correction('denial', 'record', { '/data/denies': [idOf('other')] });
    const objections = (of: string, position: number) =>
      known({ asOf: '2025-12-31', position }, report, other, denied, moved).objections(idOf(of)).length;
    expect([objections('report', 3), objections('other', 3)]).toEqual([1, 0]);
    expect([objections('report', 4), objections('other', 4)]).toEqual([0, 1]);
  });
});

describe('a correction by the source', () => {
  const changed = correction(
    'report',
    'source',
    { '/summary': 'As they now say.' },
    { publishedOn: '2025-03-01' },
  );

  it('leaves the old reading until the source changed its word', () => {
    expect(summaryAt({ publishedBy: '2025-02-28' }, report, changed)).toBe('As reported.');
    expect(summaryAt({ publishedBy: '2025-03-01' }, report, changed)).toBe('As they now say.');
    expect(summaryAt(head, report, changed)).toBe('As they now say.');
  });

  it('needs to be recorded as well', () => {
    expect(summaryAt({ position: 1 }, report, changed)).toBe('As reported.');
  });

  it('with an imprecise date counts from the last day of it', () => {
    const inMarch = correction(
      'report',
      'source',
      { '/summary': 'As they now say.' },
      { publishedOn: '2025-03' },
    );
    expect(summaryAt({ publishedBy: '2025-03-30' }, report, inMarch)).toBe('As reported.');
    expect(summaryAt({ publishedBy: '2025-03-31' }, report, inMarch)).toBe('As they now say.');
  });
});

describe('several corrections', () => {
  const first = correction('report', 'record', { '/summary': 'First.' }, { name: 'first' });
  const second = correction('report', 'record', { '/summary': 'Second.' }, { name: 'second' });

  it('of one field: the last one in the log wins', () => {
    expect(summaryAt(head, report, first, second)).toBe('Second.');
    expect(summaryAt({ position: 2 }, report, first, second)).toBe('First.');
  });

  it('of one field: the last visible one wins', () => {
    const bySource = correction('report', 'source', { '/summary': 'Second.' }, { publishedOn: '2025-06-01' });
    expect(summaryAt({ publishedBy: '2025-05-31' }, report, first, bySource)).toBe('First.');
    expect(summaryAt({ publishedBy: '2025-06-01' }, report, first, bySource)).toBe('Second.');
  });

  it('of two fields hold together', () => {
    const stage = correction('report', 'record', { '/data/stage': 'running' });
    const event = readAt(head, report, first, stage)?.event;
    expect([event?.summary, event?.type === 'RentalDealReported' ? event.data.stage : null]).toEqual([
      'First.',
      'running',
    ]);
  });
});

describe('a corrected correction', () => {
  const first = correction('report', 'record', { '/summary': 'First.' }, { name: 'first' });

  it('is applied as it now reads', () => {
    const again = correction('first', 'record', { '/data/changes/0/value': 'First, mended.' });
    expect(summaryAt(head, report, first, again)).toBe('First, mended.');
    expect(summaryAt({ position: 2 }, report, first, again)).toBe('First.');
  });

  it('counts from the publication that it now has', () => {
    const bySource = correction(
      'report',
      'source',
      { '/summary': 'First.' },
      { name: 'first', publishedOn: '2025-01-01' },
    );
    const otherBySource = correction(
      'report',
      'source',
      { '/data/stage': 'talks' },
      { name: 'other', publishedOn: '2025-01-01' },
    );
    const may = correction('first', 'record', { '/publishedOn': '2025-05-01' });
    const june = correction('other', 'record', { '/publishedOn': '2025-06-01' });
    const at = (publishedBy: string) => {
      const event = readAt({ publishedBy }, report, bySource, otherBySource, may, june)?.event;
      return [event?.summary, event?.type === 'RentalDealReported' ? event.data.stage : null];
    };
    expect(at('2025-04-30')).toEqual(['As reported.', 'signed']);
    expect(at('2025-05-15')).toEqual(['First.', 'signed']);
    expect(at('2025-06-01')).toEqual(['First.', 'talks']);
  });

  it('that turns out to be the source’s own counts from its publication', () => {
    const dated = correction(
      'report',
      'record',
      { '/summary': 'First.' },
      { name: 'first', publishedOn: '2025-05-01' },
    );
    const bySource = correction('first', 'record', { '/data/kind': 'source' });
    expect(summaryAt({ publishedBy: '2025-04-30', position: 2 }, report, dated, bySource)).toBe('First.');
    expect(summaryAt({ publishedBy: '2025-04-30' }, report, dated, bySource)).toBe('As reported.');
    expect(summaryAt({ publishedBy: '2025-05-01' }, report, dated, bySource)).toBe('First.');
  });

  it('gives the earlier reading back once it is retracted', () => {
    const second = correction('report', 'record', { '/summary': 'Second.' }, { name: 'second' });
    expect(summaryAt(head, report, first, second, retraction('second', 'record'))).toBe('First.');
    expect(summaryAt(head, report, first, second, retraction('first', 'record'))).toBe('Second.');
    expect(summaryAt(head, report, first, retraction('first', 'record'))).toBe('As reported.');
  });

  it('that is retracted no longer marks the event as corrected', () => {
    expect(readAt(head, report, first, retraction('first', 'record'))?.corrected).toBe(false);
  });
});

describe('a retraction', () => {
  it('of the record withdraws the event at every publication date, from its position on', () => {
    const withdrawn = retraction('report', 'record', { publishedOn: '2025-06-01' });
    expect(readAt({ publishedBy: '2025-02-01' }, report, withdrawn)).toBeNull();
    expect(readAt(head, report, withdrawn)).toBeNull();
    expect(readAt({ position: 1 }, report, withdrawn)).not.toBeNull();
  });

  it('by the source withdraws it from its publication on', () => {
    const withdrawn = retraction('report', 'source', { publishedOn: '2025-06-01' });
    expect(readAt({ publishedBy: '2025-05-31' }, report, withdrawn)).not.toBeNull();
    expect(readAt({ publishedBy: '2025-06-01' }, report, withdrawn)).toBeNull();
  });

  it('takes every claim of the event with it', () => {
    const evidence = known({ asOf: '2025-12-31' }, report, retraction('report', 'record'));
    expect(evidence.allClaims(plan)).toEqual([]);
    expect(evidence.readings('party:bytedance' as Subject)).toEqual([]);
  });

  it('gives the event back once it is itself retracted', () => {
    const withdrawn = retraction('report', 'record', { name: 'withdrawn' });
    const given = [report, withdrawn, retraction('withdrawn', 'record', { name: 'returned' })];
    expect(readAt({ position: 2 }, ...given)).toBeNull();
    expect(readAt(head, ...given)).not.toBeNull();
    expect(readAt(head, ...given, retraction('returned', 'record'))).toBeNull();
  });

  it('wins over a correction of the same event', () => {
    const corrected = correction('report', 'record', { '/summary': 'First.' });
    expect(readAt(head, report, retraction('report', 'record'), corrected)).toBeNull();
  });

  it('of a denial lifts the denial', () => {
    const denied = denial(['report'], { scope: 'whole' }, { name: 'denial' });
    const objections = (...given: Given[]) =>
      known({ asOf: '2025-12-31' }, ...given).objections(idOf('report')).length;
    expect(objections(report, denied)).toBe(1);
    expect(objections(report, denied, retraction('denial', 'record'))).toBe(0);
  });
});

describe('what a correction may speak of', () => {
  it('is recorded before it: one that comes first changes nothing', () => {
    expect(summaryAt(head, correction('report', 'record', { '/summary': 'Too early.' }), report)).toBe(
      'As reported.',
    );
  });

  it('is never itself', () => {
    const itself = correction(
      'itself',
      'record',
      { '/summary': 'Mirror.' },
      { name: 'itself', summary: 'A correction.' },
    );
    const evidence = known({ asOf: '2025-12-31' }, itself);
    expect(evidence.reading(idOf('itself'))?.event.summary).toBe('A correction.');
  });

  it('is never what corrects it in turn', () => {
    const one = correction(
      'two',
      'record',
      { '/summary': 'One was here.' },
      { name: 'one', summary: 'One.' },
    );
    const two = correction(
      'one',
      'record',
      { '/summary': 'Two was here.' },
      { name: 'two', summary: 'Two.' },
    );
    const evidence = known({ asOf: '2025-12-31' }, one, two);
    const summaries = ['one', 'two'].map((name) => evidence.reading(idOf(name))?.event.summary);
    expect(summaries).toEqual(['Two was here.', 'Two.']);
  });
});

describe('a correction that leaves what no schema would let in', () => {
  const stageOf = (...given: Given[]) => {
    const event = readAt(head, ...given)?.event;
    return event?.type === 'RentalDealReported' ? event.data.stage : null;
  };

  it('changes nothing', () => {
    const soon = correction('report', 'record', { '/publishedOn': 'soon', '/data/stage': 'running' });
    expect(stageOf(report, soon)).toBe('signed');
    expect(readAt(head, report, soon)?.corrected).toBe(false);
  });

  it('changes nothing either where only a later correction of it made it so', () => {
    const dated = correction('report', 'record', { '/publishedOn': '2025-02-01' }, { name: 'dated' });
    const soon = correction('dated', 'record', { '/data/changes/0/value': 'soon' });
    expect(readAt(head, report, dated, soon)?.event.publishedOn).toBe('2025-01-01');
  });

  it('changes nothing where what it rests on was withdrawn, and the others still count', () => {
    const added = correction('report', 'record', { '/data/chips/-': chips('h100', 5) }, { name: 'added' });
    const recounted = correction('report', 'record', { '/data/chips/0/basis': 'ordered' });
    const running = correction('report', 'record', { '/data/stage': 'running' });
    const chipsOf = (...given: Given[]) => {
      const event = readAt(head, ...given)?.event;
      return event?.type === 'RentalDealReported' ? event.data.chips.map((line) => line.basis) : null;
    };
    expect(chipsOf(report, added, recounted, running)).toEqual(['ordered']);
    const withdrawn = [report, added, recounted, running, retraction('added', 'record')];
    expect([chipsOf(...withdrawn), stageOf(...withdrawn)]).toEqual([[], 'running']);
  });
});

describe('a correction that leaves a default out', () => {
  it('is read as if it stood there, as in any event', () => {
    const line = { chip: 'h100', count: null, basis: 'reported' };
    const event = readAt(head, report, correction('report', 'record', { '/data/chips': [line] }))?.event;
    const [read] = event?.type === 'RentalDealReported' ? event.data.chips : [];
    expect(read).toEqual({ ...line, unit: 'chips', sharedBy: [], note: null });
  });
});
