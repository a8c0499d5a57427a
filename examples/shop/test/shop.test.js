'use strict';

const assert = require('node:assert/strict');
const { Readable } = require('node:stream');
const { test } = require('node:test');
const { createShop } = require('../src/shop');

const REVISION = {
  revision: 1,
  title: 'Test',
  colour: '#000000',
  products: [{ id: 1, name: 'Mug', priceCents: 1000 }],
  pricing: { bulk: null, shipping: null },
};

function ask(path, { method = 'GET', body = '' } = {}) {
  const request = Object.assign(Readable.from([Buffer.from(body)]), { method, url: path });
  return createShop(REVISION).answer(request, path.split('?')[0]);
}

const order = (items) => ask('/orders', { method: 'POST', body: JSON.stringify({ items }) });

test('products are listed and shown', async () => {
  assert.equal((await ask('/products')).body.products.length, 1);
  assert.equal((await ask('/products/1')).body.name, 'Mug');
  assert.equal((await ask('/products/2')).status, 404);
});

test('the page names its revision and what there is to buy', async () => {
  const { status, body, contentType } = await ask('/');
  assert.equal(status, 200);
  assert.equal(contentType, 'text/html');
  assert.match(body, /revision 1/);
  assert.match(body, /Mug<\/a> 10\.00 €/);
});

test('an export is as long as it says', async () => {
  const { status, chunks, headers } = await ask('/export?seconds=1');
  assert.equal(status, 200);
  let bytes = 0;
  for await (const chunk of chunks) bytes += Buffer.byteLength(chunk);
  assert.equal(bytes, headers['content-length']);
});

test('events end with their number', async () => {
  const { chunks } = await ask('/events?seconds=1');
  let text = '';
  for await (const chunk of chunks) text += chunk;
  assert.match(text, /event: end\ndata: \{"events":1\}/);
});

test('an order is numbered and priced', async () => {
  const { status, body } = await order([{ product: 1, quantity: 2 }]);
  assert.equal(status, 201);
  assert.equal(body.totalCents, 2000);
});

test('an order that makes no sense is refused with the reason', async () => {
  const many = Array.from({ length: 21 }, () => ({ product: 1, quantity: 1 }));
  const bad = [[], many, [{ product: 7, quantity: 1 }], [{ product: 1, quantity: 0 }]];
  for (const items of bad) assert.equal((await order(items)).status, 422);
  assert.equal((await ask('/orders', { method: 'POST', body: '{' })).status, 400);
  const long = `{"items":"${'x'.repeat(20_000)}"}`;
  assert.equal((await ask('/orders', { method: 'POST', body: long })).status, 413);
});

test('other paths and methods are told so', async () => {
  assert.equal((await ask('/nowhere')).status, 404);
  const wrong = await ask('/products', { method: 'DELETE' });
  assert.equal(wrong.status, 405);
  assert.deepEqual(wrong.headers, { allow: 'GET' });
  assert.equal((await ask('/report?seconds=99')).status, 422);
});
