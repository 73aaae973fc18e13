/** How is a condition said in words, the way the field writes it? */
import type { Metric, Operator, PartyRole, PlaceSet } from '../../events/provision.ts';

const signs: Readonly<Record<Operator, string>> = { '>=': '≥', '>': '>', '<': '<', '<=': '≤', '==': 'is' };

const measured: Partial<Readonly<Record<Metric, { readonly name: string; readonly unit: string }>>> = {
  tpp: { name: 'TPP', unit: '' },
  performanceDensity: { name: 'performance density', unit: '' },
  interconnectGBps: { name: 'interconnect', unit: ' GB/s' },
  memoryBandwidthGBps: { name: 'memory bandwidth', unit: ' GB/s' },
  memoryPlusInterconnectGBps: { name: 'memory bandwidth and interconnect together', unit: ' GB/s' },
  memoryBandwidthDensity: { name: 'memory bandwidth density', unit: ' GB/s per mm²' },
  madeForMarket: { name: 'made for the market', unit: '' },
  form: { name: 'form', unit: '' },
  processNodeNm: { name: 'process node', unit: ' nm' },
  transistorsBillion: { name: 'transistors', unit: ' billion' },
  shipmentTpp: { name: 'TPP of the shipment', unit: '' },
};
const flags: Partial<Readonly<Record<Metric, string>>> = {
  marketedForDatacenter: 'designed or marketed for datacenters',
  isMemoryStack: 'a memory stack',
  isAcceleratorDie: 'an accelerator die made for a customer',
  containsHbm: 'contains high-bandwidth memory',
  onCommerceControlList: 'on the Commerce Control List',
};

/** The name of a figure in a sentence. */
export function metricName(metric: Metric): string {
  return measured[metric]?.name ?? flags[metric] ?? metric;
}

/** `TPP ≥ 4800`, `interconnect ≥ 600 GB/s`, `not designed or marketed for datacenters`. */
export function metricText(metric: Metric, op: Operator, value: number | string | boolean): string {
  const flag = flags[metric];
  if (flag !== undefined && typeof value === 'boolean') return value ? flag : `not ${flag}`;
  const known = measured[metric];
  return `${metricName(metric)} ${signs[op]} ${value}${known === undefined ? '' : known.unit}`;
}

function listed(names: readonly string[] | undefined): string[] {
  return names === undefined || names.length === 0 ? [] : [names.join(', ')];
}

/** `MO, D:1, D:4, D:5, not in A:5, A:6`. */
export function placeText(place: PlaceSet): string {
  const within = [
    ...(place.everywhere === true ? ['any country'] : []),
    ...listed(place.countries),
    ...listed(place.groups),
    ...listed(place.maybe).map((names) => `perhaps ${names}`),
  ].join(', ');
  const without = [
    ...listed(place.notGroups).map((names) => `not in ${names}`),
    ...(place.except === undefined ? [] : [`except (${placeText(place.except)})`]),
  ];
  return [within, ...without].join(', ');
}

/** `purchaser, end-user headquartered, or with an ultimate parent headquartered, in …`. */
export function partyText(roles: readonly PartyRole[], place: PlaceSet): string {
  return `${roles.join(', ')} headquartered, or with an ultimate parent headquartered, in ${placeText(place)}`;
}
