/** A product of the sample shop. Money is in cents. */
export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly category: string;
  /** 1 is the entry of the range. */
  readonly rangeRank: number;
  /** Null where the shop does not know it: the margin rate stands in. */
  readonly unitCost: number | null;
  readonly listPrice: number;
}

interface Range {
  readonly category: string;
  /** Price of the entry of the range, and of its top, in cents. */
  readonly from: number;
  readonly to: number;
  /** Unit cost as a share of the price, in percent. */
  readonly costPercent: number;
  readonly names: readonly string[];
}

const ranges: readonly Range[] = [
  {
    category: 'Tea',
    from: 490,
    to: 4890,
    costPercent: 34,
    names: [
      'Breakfast blend',
      'Thé à la menthe',
      'Sencha',
      'Earl Grey “Crème”',
      'Rooibos, vanilla',
      'Oolong',
      '龍井 Longjing',
      'First flush Darjeeling',
    ],
  },
  {
    category: 'Coffee',
    from: 590,
    to: 3290,
    costPercent: 42,
    names: [
      'House blend',
      'Café décaféiné',
      'Espresso bar',
      'Éthiopie Sidamo',
      'Colombia, washed',
      'Geisha, small lot',
    ],
  },
  {
    category: 'Sweets',
    from: 390,
    to: 2690,
    costPercent: 38,
    names: [
      'Sablés',
      'Lemon drops',
      'Dark chocolate 70 %',
      'Florentiner',
      'Pâtes de fruits',
      'Gift box',
    ],
  },
  {
    category: 'Tableware',
    from: 890,
    to: 14900,
    costPercent: 48,
    names: [
      'Mug',
      'Tumbler, set of 2',
      'Saucer; glazed',
      'Teapot "Ronde"',
      'Carafe',
      'Kyūsu teapot',
      'Porcelain service for 4',
      'Porcelain service for 8',
    ],
  },
  {
    category: 'Machines',
    from: 2490,
    to: 38900,
    costPercent: 63,
    names: [
      'Hand grinder',
      'Kettle',
      'Moka pot',
      'Electric grinder',
      'Filter machine',
      'Espresso machine',
    ],
  },
  {
    category: 'Linen',
    from: 1190,
    to: 8900,
    costPercent: 45,
    names: ['Tea towel', 'Napkins, set of 4', 'Apron', 'Table runner', 'Tablecloth'],
  },
];

/** Prices climb as the square of the place in the range and end in 90 cents. */
function priceAt(range: Range, place: number): number {
  const share = place / (range.names.length - 1);
  const price = range.from + (range.to - range.from) * share * share;
  return Math.round((price - 90) / 100) * 100 + 90;
}

function productsOf(range: Range, rangeNumber: number): Product[] {
  return range.names.map((name, place) => {
    const listPrice = priceAt(range, place);
    const isCostKnown = name !== 'Gift box';
    return {
      productId: `P${rangeNumber + 1}${String(place + 1).padStart(2, '0')}`,
      name,
      category: range.category,
      rangeRank: place + 1,
      unitCost: isCostKnown ? Math.round((listPrice * range.costPercent) / 100) : null,
      listPrice,
    };
  });
}

/** The products by category, each category from the entry of its range upwards. */
export const catalogue: readonly (readonly Product[])[] = ranges.map(productsOf);
