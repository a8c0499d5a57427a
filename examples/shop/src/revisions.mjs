const MUG = { id: 1, name: 'Enamel mug', priceCents: 1290 };
const ROPE = { id: 2, name: 'Climbing rope, 60 m', priceCents: 15900 };
const CHALK = { id: 3, name: 'Chalk bag', priceCents: 1990 };
const LAMP = { id: 4, name: 'Head lamp', priceCents: 4450 };
const MAP = { id: 5, name: 'Map of the ridge', priceCents: 1150 };

const BULK = { from: 3, percent: 10 };

/** What tells the four revisions apart; each becomes its folder's `revision.json`. Only the third is bad. */
export const revisions = [
  {
    revision: 1,
    title: 'The mountain shop',
    colour: '#1d4ed8',
    products: [MUG, ROPE, CHALK],
    pricing: { bulk: null, shipping: null },
    defect: null,
  },
  {
    revision: 2,
    title: 'The mountain shop: 10 % off from three pieces',
    colour: '#15803d',
    products: [MUG, ROPE, CHALK, LAMP],
    pricing: { bulk: BULK, shipping: null },
    defect: null,
  },
  {
    revision: 3,
    title: 'The mountain shop: live stock',
    colour: '#b91c1c',
    products: [MUG, ROPE, CHALK, LAMP],
    pricing: { bulk: BULK, shipping: null },
    defect: { failing: 2, per: 25, seed: 20_261, msPerConcurrent: 40, longestMs: 2000 },
  },
  {
    revision: 4,
    title: 'The mountain shop: free shipping from 50 €',
    colour: '#7e22ce',
    products: [MUG, ROPE, CHALK, LAMP, MAP],
    pricing: { bulk: BULK, shipping: { cents: 490, freeFromCents: 5000 } },
    defect: null,
  },
];
