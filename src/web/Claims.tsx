/** Who said so? The events behind a value, with their outlets and sources. */
import type { ClaimEntry } from '../../projections/views/claimList.ts';

const colorOf = {
  asserted: 'soft',
  denied: 'bad',
  disputed: 'warn',
  corrected: 'warn',
  retracted: 'bad',
} as const;

/** How what was said stands. */
export function StatusBadge({ status }: { readonly status: keyof typeof colorOf }) {
  return <span class={`badge ${colorOf[status]}`}>{status}</span>;
}

/** The outlet, speaker or filing of an event; "not named" where the record gives none. */
export function speakerOf(claim: ClaimEntry): string {
  const said = claim.attribution;
  const named = said === null ? [] : [said.outlet, said.statementBy, said.filing, said.officials];
  const known = named.filter((name) => name !== null);
  const primary = claim.sources.find((source) => source.quality === 'primary') ?? claim.sources[0];
  return known[0] ?? primary?.publisher ?? 'source not named';
}

function Source({ source }: { readonly source: ClaimEntry['sources'][number] }) {
  const about = [source.publisher, source.publishedOn, source.quality]
    .filter((part) => part !== null)
    .join(', ');
  const link = source.url === null ? source.title : <a href={source.url}>{source.title}</a>;
  return (
    <li>
      {link} <span class="soft">({about})</span>
    </li>
  );
}

function ClaimItem({ claim }: { readonly claim: ClaimEntry }) {
  return (
    <li>
      <strong>{claim.publishedOn}</strong> {claim.summary}{' '}
      <span class="soft">
        {speakerOf(claim)}; {claim.standing}
      </span>{' '}
      {claim.status === 'asserted' ? null : <StatusBadge status={claim.status} />}
      <ul class="sources">
        {claim.sources.map((source) => (
          <Source source={source} />
        ))}
        {claim.doubts.map((doubt) => (
          <li class="warn">
            Doubt ({doubt.field}): {doubt.why}
          </li>
        ))}
        {claim.laterSources === 0 ? null : <li class="soft">{claim.laterSources} later sources withheld</li>}
      </ul>
    </li>
  );
}

/** The events behind a value, folded away until asked for. */
export function Claims({ claims }: { readonly claims: readonly ClaimEntry[] }) {
  if (claims.length === 0) return <span class="soft">no event is cited</span>;
  const speakers = [...new Set(claims.map(speakerOf))].join('; ');
  return (
    <details>
      <summary>
        Why? <span class="soft">{speakers}</span>
      </summary>
      <ul class="sources">
        {claims.map((claim) => (
          <ClaimItem claim={claim} />
        ))}
      </ul>
    </details>
  );
}
