const ORDER = JSON.stringify({ items: [{ product: 1, quantity: 3 }] });
const READS = ['/', '/products', '/products/1', '/products', '/products/2', '/', '/products/3'];

/** What the n-th request (from 0) asks of `examples/shop`: every fifth places an order, the others read. */
export function shopMix(n) {
  if (n % 5 === 4) return { method: 'POST', path: '/orders', body: ORDER };
  return { method: 'GET', path: READS[n % READS.length] };
}
