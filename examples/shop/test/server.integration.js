'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { createServer } = require('node:net');
const { join } = require('node:path');
const { after, before, test } = require('node:test');
const { setTimeout: sleep } = require('node:timers/promises');

/** The very bytes that are to be deployed; without Belay, the first revision as it was built last. */
const ARTIFACT = process.env.BELAY_ARTIFACT ?? join(__dirname, '..', 'build', '1');
const STARTS_WITHIN_MS = 10_000;

let server;
let origin;

before(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port) };
  server = spawn(process.execPath, ['server.js'], { cwd: ARTIFACT, env, stdio: 'ignore' });
  await healthy();
});

after(() => server?.kill());

test('the service says that it is healthy', async () => {
  assert.equal((await fetch(`${origin}/health`)).status, 200);
});

test('a customer finds a product and orders it', async () => {
  const { products } = await (await fetch(`${origin}/products`)).json();
  const items = [{ product: products[0].id, quantity: 1 }];
  const answer = await fetch(`${origin}/orders`, {
    method: 'POST',
    body: JSON.stringify({ items }),
  });
  assert.equal(answer.status, 201);
  assert.ok((await answer.json()).totalCents >= products[0].priceCents);
});

async function healthy() {
  const endsAt = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < endsAt) {
    const answer = await fetch(`${origin}/health`).catch(() => null);
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error(`${ARTIFACT} did not become healthy within ${STARTS_WITHIN_MS} ms`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
