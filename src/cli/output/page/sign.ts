import { markup, type Markup } from './markup';

export function tick(): Markup {
  return markup`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/><path d="M6.5 12.5l3.8 3.8 7.2-8"/></svg>`;
}

export function cross(): Markup {
  return markup`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/><path d="M7.5 7.5l9 9m0-9l-9 9"/></svg>`;
}

/** Neither well nor ill: it goes on, or was called off. */
export function bar(): Markup {
  return markup`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/><path d="M7 12h10"/></svg>`;
}
