import { dateOf } from './calendar.ts';
import { catalogue, type Product } from './catalogue.ts';
import { drawGamma } from './distributions.ts';
import type { SampleLine } from './order.ts';
import { population } from './person.ts';
import type { Random } from './random.ts';
import { salesRate } from './season.ts';

interface Taste {
  /** Mean value of a purchase, in cents. */
  readonly meanSpend: number;
  readonly favouriteCategory: number;
}

/** The lines of one purchase, worth about what a Gamma-Gamma customer spends that time. */
export function drawBasket(random: Random, taste: Taste, day: number): SampleLine[] {
  const spend = drawGamma(random, population.p, population.p / taste.meanSpend);
  const countLines = Math.min(1 + random.below(3), 1 + Math.floor(spend / 1500));
  const isFree = random.chance(0.004);
  const rate = isFree ? 1 : drawDiscountRate(random, day);
  const lines: SampleLine[] = [];
  const chosen = new Set<string>();
  for (let i = 0; i < countLines; i += 1) {
    const product = drawProduct(random, taste, spend / countLines);
    if (chosen.has(product.productId)) continue;
    chosen.add(product.productId);
    const unitPrice = priceOn(product, day);
    const quantity = Math.min(6, Math.max(1, Math.round(spend / countLines / unitPrice)));
    const discount = Math.round(quantity * unitPrice * rate);
    lines.push({ productId: product.productId, quantity, unitPrice, discount });
  }
  return lines;
}

/** In the sales most lines are reduced; at any time some customers have a ten percent code. */
function drawDiscountRate(random: Random, day: number): number {
  const sales = salesRate(day);
  if (sales > 0 && random.chance(0.7)) return sales;
  return random.chance(0.06) ? 0.1 : 0;
}

/** The product nearest to what the customer wants to spend, more often than not a favourite. */
function drawProduct(random: Random, taste: Taste, spend: number): Product {
  const isFavourite = random.chance(0.6);
  const category = isFavourite ? taste.favouriteCategory : random.below(catalogue.length);
  const wanted = spend * (0.4 + random.uniform());
  const products = catalogue[category] as readonly Product[];
  return products.reduce((nearest, product) =>
    Math.abs(product.listPrice - wanted) < Math.abs(nearest.listPrice - wanted) ? product : nearest,
  );
}

/** Prices rose by 4 % each January; the list price is the one of the last year. */
function priceOn(product: Product, day: number): number {
  const yearsAgo = 2025 - Number(dateOf(day).slice(0, 4));
  const percent = 100 - 4 * yearsAgo;
  return Math.round((product.listPrice * percent) / 1000) * 10;
}
