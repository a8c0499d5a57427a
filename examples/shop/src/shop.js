'use strict';

const { events, exported, report, secondsOf } = require('./long-answers');
const { renderPage } = require('./page');
const { priceOrder } = require('./pricing');

const MAX_BODY_BYTES = 16 * 1024;
const MAX_ORDERS = 1000;
const MAX_ITEMS = 20;
const MAX_QUANTITY = 99;

/**
 * The shop's routes: `GET /`, `GET /products`, `GET /products/:id`, `POST /orders`, and the long answers. Orders live in
 * memory, the newest thousand of them.
 */
function createShop(revision) {
  const products = new Map(revision.products.map((product) => [product.id, product]));
  const orders = [];
  let lastOrder = 0;

  const routes = [
    { pattern: /^\/$/, method: 'GET', run: () => html(renderPage(revision)) },
    { pattern: /^\/products$/, method: 'GET', run: () => ok({ products: revision.products }) },
    {
      pattern: /^\/products\/(\d{1,9})$/,
      method: 'GET',
      run: (_request, id) => showProduct(Number(id)),
    },
    { pattern: /^\/orders$/, method: 'POST', run: placeOrder },
    { pattern: /^\/report$/, method: 'GET', run: ({ url }) => lasting(url, 2, report) },
    { pattern: /^\/export$/, method: 'GET', run: ({ url }) => lasting(url, 30, exported) },
    { pattern: /^\/events$/, method: 'GET', run: ({ url }) => lasting(url, 20, events) },
  ];

  /** `{status, body}`, or `{status, chunks}` where the body comes piece by piece. */
  async function answer(request, path) {
    const route = routes.find(({ pattern }) => pattern.test(path));
    if (route === undefined) return problem(404, `nothing at ${path}`);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (method !== route.method) {
      return { ...problem(405, `use ${route.method}`), headers: { allow: route.method } };
    }
    return route.run(request, route.pattern.exec(path)[1]);
  }

  function showProduct(id) {
    const product = products.get(id);
    return product === undefined ? problem(404, `no product ${id}`) : ok(product);
  }

  async function placeOrder(request) {
    const text = await readBody(request);
    if (text === null) return problem(413, `at most ${MAX_BODY_BYTES} bytes`);
    const { items, error } = parseOrder(text, products);
    if (error !== undefined) return problem(error.status, error.message);
    lastOrder += 1;
    const order = { order: lastOrder, items, ...priceOrder(items, products, revision.pricing) };
    orders.push(order);
    if (orders.length > MAX_ORDERS) orders.shift();
    return { status: 201, body: order };
  }

  return { answer };
}

/** `?seconds=N`, or as long as it is otherwise. */
function lasting(url, otherwise, answerFor) {
  const seconds = secondsOf(new URL(url, 'http://shop').searchParams, otherwise);
  return seconds === null ? problem(422, 'seconds must be 1 to 60') : answerFor(seconds);
}

/** @returns the items, or the status and sentence that refuse them. */
function parseOrder(text, products) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return refusal(400, 'the body is not JSON');
  }
  const items = body?.items;
  if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ITEMS) {
    return refusal(422, `items must be a list of 1 to ${MAX_ITEMS}`);
  }
  for (const item of items) {
    const why = wrongWith(item, products);
    if (why !== null) return refusal(422, why);
  }
  return { items: items.map(({ product, quantity }) => ({ product, quantity })) };
}

function wrongWith(item, products) {
  if (!products.has(item?.product)) return `no product ${JSON.stringify(item?.product)}`;
  const { quantity } = item;
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY) return null;
  return `quantity must be a whole number from 1 to ${MAX_QUANTITY}`;
}

/** @returns the body's text, or null where it is too long. */
async function readBody(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

function ok(body) {
  return { status: 200, body };
}

function html(body) {
  return { status: 200, body, contentType: 'text/html' };
}

function problem(status, message) {
  return { status, body: { error: message } };
}

function refusal(status, message) {
  return { error: { status, message } };
}

module.exports = { createShop };
