import { markup, type Markup } from './markup';

/** Names with their values, side by side; those without a value are left out. */
export function factList(
  pairs: readonly (readonly [name: string, value: string | null])[],
): Markup {
  return markup`<dl>${pairs.map(([name, value]) => (value === null ? null : markup`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>`;
}
