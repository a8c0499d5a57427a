'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { priceOrder } = require('../src/pricing');

const products = new Map([
  [1, { id: 1, priceCents: 1000 }],
  [2, { id: 2, priceCents: 333 }],
]);
const bulk = { from: 3, percent: 10 };
const shipping = { cents: 490, freeFromCents: 5000 };

test('an order costs what its pieces cost', () => {
  const order = [
    { product: 1, quantity: 2 },
    { product: 2, quantity: 1 },
  ];
  const price = priceOrder(order, products, { bulk: null, shipping: null });
  assert.deepEqual(price, { goodsCents: 2333, shippingCents: 0, totalCents: 2333 });
});

test('from three pieces on, each costs a tenth less, rounded to whole cents', () => {
  const three = priceOrder([{ product: 2, quantity: 3 }], products, { bulk, shipping: null });
  assert.equal(three.goodsCents, 899);
  const two = priceOrder([{ product: 2, quantity: 2 }], products, { bulk, shipping: null });
  assert.equal(two.goodsCents, 666);
});

test('shipping is free from the limit on, and not a cent below it', () => {
  const at = priceOrder([{ product: 1, quantity: 5 }], products, { bulk: null, shipping });
  assert.equal(at.shippingCents, 0);
  const below = priceOrder([{ product: 1, quantity: 4 }], products, { bulk: null, shipping });
  assert.equal(below.totalCents, 4490);
});
