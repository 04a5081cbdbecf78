import { catalogue } from './catalogue.ts';
import { drawBeta, drawGamma } from './distributions.ts';
import { firstNames, lastNames, streets, towns } from './names.ts';
import type { Random } from './random.ts';

type AcquisitionChannel = 'organic' | 'paid_search' | 'social' | 'referral' | 'store';

/** Who a customer is and how they buy. No file shows how they buy: the models must find out. */
export interface Person {
  /** 0 for the first customer; every identifier is made from it. */
  readonly index: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Made-up and undeliverable: under a domain that RFC 2606 reserves for examples. */
  readonly email: string;
  /** National digits from the numbers that the French regulator keeps for fiction, if any are left. */
  readonly phone: string | null;
  readonly birthDate: string | null;
  readonly address: string;
  readonly town: string;
  readonly postcode: string;
  readonly country: string;
  readonly acquisitionChannel: AcquisitionChannel;
  readonly acquisitionCampaign: string | null;
  readonly consents: readonly [email: boolean, sms: boolean, ads: boolean];
  readonly isProfessional: boolean;
  /** Purchases a day while active. */
  readonly purchaseRate: number;
  /** Probability of leaving for good after a purchase. */
  readonly dropOutProbability: number;
  /** Mean value of a purchase, in cents. */
  readonly meanSpend: number;
  /** Share of the purchases made in a store. */
  readonly storeShare: number;
  readonly favouriteCategory: number;
}

/**
 * The population, in the terms of the MBG/NBD (Batislam et al. 2007) and Gamma-Gamma models (Fader
 * & Hardie 2013): purchase rates Gamma(r, α) a week, drop-out Beta(a, b), spend scale Gamma(q, γ).
 */
export const population = { r: 0.9, alpha: 9, a: 0.75, b: 2.1, p: 4.5, q: 4, gamma: 4000 } as const;

/** Channels with their share of the customers, in percent, and how often they buy, relatively. */
const channels: readonly (readonly [AcquisitionChannel, number, number])[] = [
  ['organic', 32, 1.1],
  ['paid_search', 24, 0.9],
  ['social', 17, 0.6],
  ['referral', 9, 1.5],
  ['store', 18, 1.2],
];

const campaigns = {
  paid_search: ['brand', 'generic-tea', 'generic-coffee'],
  social: ['spring-launch', 'été-glacé', 'gift-guide'],
} as const;

/** Blocks of ten thousand numbers kept for fiction (Arcep, decision 2018-0881). */
const fictionalPhoneBlocks = ['063998', '019900', '026191', '035301', '046571', '053649'];

function drawChannel(random: Random): (typeof channels)[number] {
  let place = random.below(100);
  for (const channel of channels) {
    place -= channel[1];
    if (place < 0) return channel;
  }
  throw new RangeError('The shares of the acquisition channels must add up to 100.');
}

function phoneOf(index: number): string | null {
  const block = fictionalPhoneBlocks[Math.floor(index / 10_000)];
  return block === undefined ? null : `${block}${String(index % 10_000).padStart(4, '0')}`;
}

function drawCampaign(random: Random, channel: AcquisitionChannel): string | null {
  if (channel === 'paid_search' || channel === 'social') return random.pick(campaigns[channel]);
  return null;
}

function drawBirthDate(random: Random): string | null {
  const year = 1940 + random.below(65);
  const month = String(1 + random.below(12)).padStart(2, '0');
  const day = String(1 + random.below(28)).padStart(2, '0');
  return random.chance(0.6) ? `${year}-${month}-${day}` : null;
}

function drawStoreShare(random: Random, channel: AcquisitionChannel): number {
  if (channel === 'store') return random.chance(0.25) ? 0.6 : 1;
  return random.chance(0.15) ? 0.4 : 0;
}

export function drawPerson(random: Random, index: number): Person {
  const [firstName, firstHandle] = random.pick(firstNames);
  const [lastName, lastHandle] = random.pick(lastNames);
  const [town, postcode, country] = random.pick(towns);
  const [acquisitionChannel, , rateFactor] = drawChannel(random);
  const { r, alpha, a, b, p, q, gamma } = population;
  return {
    index,
    firstName,
    lastName,
    email: `${firstHandle}.${lastHandle}.${index + 1}@example.${random.pick(['com', 'net', 'org'])}`,
    phone: random.chance(0.7) ? phoneOf(index) : null,
    birthDate: drawBirthDate(random),
    address: `${1 + random.below(120)} ${random.pick(streets)}`,
    town,
    postcode,
    country,
    acquisitionChannel,
    acquisitionCampaign: drawCampaign(random, acquisitionChannel),
    consents: [random.chance(0.7), random.chance(0.35), random.chance(0.5)],
    isProfessional: random.chance(0.08),
    purchaseRate: (drawGamma(random, r, alpha) * rateFactor) / 7,
    dropOutProbability: drawBeta(random, a, b),
    meanSpend: p / drawGamma(random, q, gamma),
    storeShare: drawStoreShare(random, acquisitionChannel),
    favouriteCategory: random.below(catalogue.length),
  };
}
