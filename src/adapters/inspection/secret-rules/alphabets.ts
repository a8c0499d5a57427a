/** The alphabets that tokens are made of: what stands between the brackets of a character class. */
export const ALPHABETS = {
  digit: '0-9',
  hex: '0-9a-f',
  anyhex: '0-9A-Fa-f',
  uphex: '0-9A-F',
  octet: '0-9a-hA-H',
  lower: 'a-z',
  letter: 'A-Za-z',
  low: '0-9a-z',
  up: '0-9A-Z',
  base32: '2-7A-Z',
  bech32: '02-9AC-HJ-NP-Z',
  alnum: '0-9A-Za-z',
  word: '\\w',
  dash: '\\w-',
  dashlow: '0-9a-z-',
  dot: '\\w.-',
  tilde: '\\w.~-',
  equal: '\\w=-',
  dotequal: '\\w=.-',
  path: '\\w/=+-',
  percent: '0-9A-Za-z%',
  base64: '0-9A-Za-z+/',
  pad: '=',
  bar: '|%',
} as const;

export type Alphabet = keyof typeof ALPHABETS;

export function isAlphabet(name: string): name is Alphabet {
  return Object.hasOwn(ALPHABETS, name);
}
