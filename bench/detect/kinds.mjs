/**
 * What the candidates do: `fault` is what `faulty-shop.cjs` is told, `key` names the figures, `crashes` those that the
 * goal of detection is about.
 *
 * @typedef {{key: string, fault: string, words: string, crashes: boolean}} Kind
 */

/** @type {readonly Kind[]} */
export const FAULTY = [
  { key: '500', fault: 'answers-500', words: 'answers 500', crashes: true },
  { key: 'Exits', fault: 'exits', words: 'exits', crashes: true },
  { key: 'Slow', fault: 'slow', words: 'slow by 3 s', crashes: false },
  { key: 'Errors', fault: 'errors', words: 'answers 8 % errors', crashes: false },
];

/** @type {Kind} */
export const HEALTHY = { key: 'Healthy', fault: 'none', words: 'healthy', crashes: false };

export const KINDS = [...FAULTY, HEALTHY];

export function isHealthy({ key }) {
  return key === HEALTHY.key;
}
