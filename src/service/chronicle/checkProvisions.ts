/** Do the provisions of all entries fit together: unique keys, and tests, exceptions and removals that find what they name? */
import type { NamedInputs, PlaceSet, Provision, ProvisionKind } from '../../../events/provision.ts';
import { problemAt } from './checkEntry.ts';
import type { ChronicleEntry } from './readChronicle.ts';
import type { ReadInputs } from './readInputs.ts';
import { inputsFile } from './readInputs.ts';
import type { Path, Problem } from './yamlText.ts';

/** A provision and where it stands. */
interface Placed {
  readonly entry: ChronicleEntry;
  readonly provision: Provision;
  readonly path: Path;
}

/** A name that a provision uses: of a test, an ECCN, an input, a Country Group. */
interface Use {
  readonly what: 'test' | 'eccn' | 'input' | 'group';
  readonly name: string;
  readonly path: Path;
}

/** What provisions can name, gathered from the whole record. */
interface Named {
  readonly tests: ReadonlySet<string>;
  readonly eccns: ReadonlySet<string>;
  readonly inputs: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** Evaluable provisions by key. */
  readonly kinds: ReadonlyMap<string, ProvisionKind>;
}

function placedIn(entry: ChronicleEntry): Placed[] {
  const { data } = entry.draft;
  if (!('provisions' in data) || data.provisions === undefined) return [];
  return data.provisions.flatMap((provision, at) =>
    typeof provision === 'string' ? [] : [{ entry, provision, path: ['data', 'provisions', at] }],
  );
}

function placeUses(place: PlaceSet, path: Path): Use[] {
  const groups = (['groups', 'notGroups'] as const).flatMap((field) =>
    place[field] === undefined
      ? []
      : place[field].map((name, at): Use => ({ what: 'group', name, path: [...path, field, at] })),
  );
  return place.except === undefined ? groups : [...groups, ...placeUses(place.except, [...path, 'except'])];
}

/** The names in a value of a provision. Its fields are told apart by their names, which mean the same everywhere. */
function usesIn(value: unknown, path: Path): Use[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => usesIn(item, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]): Use[] => {
    const at = [...path, field];
    if (field === 'destination' || field === 'headquarters') return placeUses(inner as PlaceSet, at);
    if (typeof inner === 'string') {
      return field === 'test' || field === 'input' || field === 'eccn'
        ? [{ what: field, name: inner, path: at }]
        : [];
    }
    return usesIn(inner, at);
  });
}

const remedies: Record<Use['what'], string> = {
  test: 'no control-test has this key',
  eccn: 'no control-test of the record is of this ECCN',
  input: `no such question stands in ${inputsFile}`,
  group: 'no destination was ever in this Country Group',
};

function isKnown({ what, name }: Use, named: Named): boolean {
  const known = { test: named.tests, eccn: named.eccns, input: named.inputs, group: named.groups };
  return known[what].has(name);
}

function unknownUses({ entry, provision, path }: Placed, named: Named): Problem[] {
  return usesIn(provision, path)
    .filter((use) => !isKnown(use, named))
    .map((use) =>
      problemAt(
        entry,
        use.path,
        `names the ${use.what} "${use.name}": ${remedies[use.what]} – mend the name`,
      ),
    );
}

/** The keys that a provision points to, and of which kinds they may be. */
function unknownTargets({ entry, provision, path }: Placed, named: Named): Problem[] {
  if (provision.kind === 'exclusion') {
    return provision.of
      .filter((eccn) => !named.eccns.has(eccn))
      .map((eccn) =>
        problemAt(entry, [...path, 'of'], `excludes from "${eccn}": ${remedies.eccn} – mend the name`),
      );
  }
  const [field, keys] =
    'for' in provision
      ? ['for', provision.for]
      : provision.kind === 'interpretation'
        ? ['of', provision.of]
        : ['', []];
  return keys
    .filter((key) => !named.kinds.has(key))
    .map((key) =>
      problemAt(
        entry,
        [...path, field],
        `points to "${key}", the key of no evaluable provision – mend the key`,
      ),
    );
}

/** The items whose key an earlier one has. */
function repeated<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.has(keyOf(item)) || !seen.add(keyOf(item)));
}

/**
 * The key of an evaluable provision is unique over the whole record, also among the text ones. That of a text one is
 * unique within its event: a later event of the instrument that restates a sentence gives it the same key.
 */
function repeatedKeys(placed: readonly Placed[]): Problem[] {
  const texts = placed.filter(({ provision }) => provision.kind === 'text');
  const evaluable = placed.filter(({ provision }) => provision.kind !== 'text');
  const textKeys = new Set(texts.map(({ provision }) => provision.key));
  const taken = [
    ...repeated(evaluable, ({ provision }) => provision.key),
    ...evaluable.filter(({ provision }) => textKeys.has(provision.key)),
    ...repeated(texts, ({ entry, provision }) => `${entry.draft.id} ${provision.key}`),
  ];
  return taken.map(({ entry, provision, path }) =>
    problemAt(
      entry,
      [...path, 'key'],
      `"${provision.key}" is already the key of another provision – choose a new one`,
    ),
  );
}

/** What an entry removes or suspends must be a provision of its own instrument. */
function unknownRemovals(entry: ChronicleEntry, keys: ReadonlySet<string>): Problem[] {
  const { draft } = entry;
  const [field, named] =
    draft.type === 'RestrictionAmended' || draft.type === 'RestrictionCorrected'
      ? ['removes', draft.data.removes]
      : draft.type === 'RestrictionSuspended' && draft.data.provisions !== undefined
        ? ['provisions', draft.data.provisions]
        : ['', []];
  return named.flatMap((key, at) => {
    const message = `names "${key}", which is no provision of ${entry.subject} – put the act on the instrument that has it, or mend the key`;
    return keys.has(`${entry.subject} ${key}`) ? [] : [problemAt(entry, ['data', field, at], message)];
  });
}

function unusedInputs({ inputs, lineAt }: ReadInputs, placed: readonly Placed[]): Problem[] {
  const used = new Set(placed.flatMap(({ provision }) => usesIn(provision, [])).map((use) => use.name));
  return Object.keys(inputs)
    .filter((name) => !used.has(name))
    .map((name) => {
      const message = `no provision asks for "${name}" – remove it, or name it in a provision`;
      return { file: inputsFile, line: lineAt(['inputs', name]), path: `inputs.${name}`, message };
    });
}

function namedIn(
  entries: readonly ChronicleEntry[],
  provisions: readonly Provision[],
  inputs: NamedInputs,
): Named {
  const tests = provisions.filter((provision) => provision.kind === 'control-test');
  return {
    tests: new Set(tests.map((test) => test.key)),
    eccns: new Set(tests.flatMap((test) => (test.eccn === undefined ? [] : [test.eccn]))),
    inputs: new Set(Object.keys(inputs)),
    groups: new Set(
      entries.flatMap(({ draft }) => (draft.type === 'CountryGroupsChanged' ? [draft.data.group] : [])),
    ),
    kinds: new Map(provisions.filter(({ kind }) => kind !== 'text').map(({ key, kind }) => [key, kind])),
  };
}

/** All that is wrong between the provisions of a chronicle, and between them and its named inputs. */
export function checkProvisions(entries: readonly ChronicleEntry[], inputs: ReadInputs): Problem[] {
  const placed = entries.flatMap(placedIn);
  const named = namedIn(
    entries,
    placed.map(({ provision }) => provision),
    inputs.inputs,
  );
  const keys = new Set(placed.map(({ entry, provision }) => `${entry.subject} ${provision.key}`));
  return [
    ...repeatedKeys(placed),
    ...placed.flatMap((one) => [...unknownUses(one, named), ...unknownTargets(one, named)]),
    ...entries.flatMap((entry) => unknownRemovals(entry, keys)),
    ...unusedInputs(inputs, placed),
  ];
}
