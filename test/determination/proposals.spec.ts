/** What would it be, with a proposal in force? */
import { describe, expect, it } from '@jest/globals';
import { answer, ask, chronicleBook, company } from './record.ts';

const rental = (proposed: readonly string[]) => ({
  item: { chip: 'h100' },
  activity: 'remote-access',
  destination: 'MY',
  parties: [company('CN', 'CN')],
  assume: { proposed },
});

describe('assume.proposed', () => {
  it.each(['us-remote-access-security-act-hr2683', 'us-remote-access-security-act-hr8152'])(
    'leaves it open under %s, which only gives a power',
    (bill) => {
      const given = answer(rental([bill]), '2026-02-01');
      expect(given).toMatchObject({
        outcome: 'undetermined',
        between: ['no-requirement-found', 'license-required'],
        instruments: expect.arrayContaining([bill]),
      });
      expect(given.settledBy).toMatchObject([{ kind: 'gap', input: null }]);
      expect(given.doubts.join()).toContain('what needs a license would be for rules under it');
    },
  );

  it('needs a license under the reported cloud rule', () => {
    const given = answer(rental(['us-wsj-cloud-restriction-report-2023-07']), '2024-06-01');
    expect(given).toMatchObject({ outcome: 'license-required', reviewPolicy: null });
    expect(given.headline).toContain('counted as in force');
  });

  it('may prohibit under the IaaS proposal', () => {
    expect(answer(rental(['us-bis-iaas-kyc-nprm-2024-01']), '2024-06-01').between).toEqual([
      'no-requirement-found',
      'prohibited',
    ]);
  });

  it.each(['2024-06-01', '2026-02-01'])(
    'counts a bill on %s, before it was public and after it was dropped',
    (day) => {
      const bill = 'us-senate-gain-ai-ndaa-2025-10';
      expect(answer({ item: { chip: 'mi300x' } }, day).instruments).not.toContain(bill);
      expect(answer({ item: { chip: 'mi300x' }, assume: { proposed: [bill] } }, day).instruments).toContain(
        bill,
      );
    },
  );

  it('changes nothing where it is not named', () => {
    expect(answer(rental([]), '2026-02-01').outcome).toBe('no-requirement-found');
  });

  it('shows the duties of proposals with whom they would bind', () => {
    const duty = (day: string) =>
      answer(rental([]), day).notices.find(({ provision }) => provision === 'iaas-cip');
    expect(duty('2024-01-28')).toBeUndefined();
    expect(duty('2024-01-29')).toMatchObject({
      status: 'proposed',
      reaches: true,
      binds: { who: 'U.S. IaaS providers and foreign resellers' },
    });
  });

  const refused = (id: string, day: string) => {
    const determination = ask(rental([id]), day);
    return determination.ok ? null : determination.flaws.map(({ message }) => message).join();
  };

  it.each(['jp-meti-23-items-2023', 'us-bis-diffusion-nonenforcement-2025-05', 'us-bis-acs-ifr-2023-10'])(
    'cannot assume %s, which is issued or announced, and lists what can be assumed',
    (id) => {
      expect(refused(id, '2026-02-01')).toBe(
        `"${id}" is no proposal, report or bill of the record at these clocks; those that can be assumed: ${[
          'us-bis-iaas-kyc-nprm-2024-01',
          'us-chip-security-act-introduced-2025-05',
          'us-remote-access-security-act-hr2683',
          'us-remote-access-security-act-hr8152',
          'us-senate-gain-ai-ndaa-2025-10',
          'us-wsj-cloud-restriction-report-2023-07',
        ].join(', ')}`,
      );
    },
  );

  it('lists nothing that it would refuse', () => {
    const [, list = ''] = refused('us-no-such-bill', '2026-02-01')?.split('assumed: ') ?? [];
    for (const id of list.split(', ')) expect([id, refused(id, '2026-02-01')]).toEqual([id, null]);
  });

  it('does not answer as if a bill changed nothing of which no provision is recorded', () => {
    expect(refused('us-match-act-2026', '2026-09-01')).toContain('what it would change is unknown');
  });

  it('cannot assume what was not public', () => {
    const bill = 'us-remote-access-security-act-hr2683';
    const determination = ask(rental([bill]), '2024-06-01', chronicleBook('2024-06-01'));
    expect(determination).toMatchObject({ ok: false, flaws: [{ pointer: '/assume/proposed/0' }] });
  });
});
