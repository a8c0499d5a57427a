'use strict';

/**
 * What an order costs, in whole cents. `pricing.bulk` takes `percent` off each item of at least `from` pieces;
 * `pricing.shipping` adds `cents` unless the goods reach `freeFromCents`. Either may be null.
 */
function priceOrder(items, products, { bulk, shipping }) {
  const goodsCents = items.reduce((sum, item) => sum + itemCents(item, products, bulk), 0);
  const shippingCents =
    shipping === null || goodsCents >= shipping.freeFromCents ? 0 : shipping.cents;
  return { goodsCents, shippingCents, totalCents: goodsCents + shippingCents };
}

function itemCents({ product, quantity }, products, bulk) {
  const full = products.get(product).priceCents * quantity;
  return bulk !== null && quantity >= bulk.from
    ? Math.round((full * (100 - bulk.percent)) / 100)
    : full;
}

module.exports = { priceOrder };
