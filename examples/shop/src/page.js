'use strict';

/** The front page: its colour tells a person at a glance which revision answered. */
function renderPage({ revision, title, colour, products }) {
  const rows = products
    .map(
      ({ id, name, priceCents }) =>
        `      <li><a href="/products/${id}">${name}</a> ${(priceCents / 100).toFixed(2)} €</li>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Shop, revision ${revision}</title>
    <style>body { font: 1.1rem system-ui; margin: 0 } header { background: ${colour}; color: white; padding: 2rem }</style>
  </head>
  <body>
    <header><h1>${title}</h1>revision ${revision}</header>
    <ul>
${rows}
    </ul>
  </body>
</html>
`;
}

module.exports = { renderPage };
