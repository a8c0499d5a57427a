import { assignmentAt } from './assignment';
import { matchAt, RANKS, type Matcher } from './matcher';
import { entropyOf, isPlausible } from './plausible';
import type { SecretRule } from './rule';

const PASSWORD: SecretRule = {
  id: 'generic-password',
  severity: 'low',
  title: 'What may be a password',
};
const KEY: SecretRule = { id: 'generic-key', severity: 'low', title: 'What may be a secret key' };

/** Nothing but the name speaks for these, so they warn and never block. */
export const GENERIC_MATCHERS: readonly Matcher[] = [
  {
    words: ['password', 'passwd', 'passphrase'],
    look: (place) => lookAt(place, PASSWORD, isPassword),
  },
  {
    words: ['secret', 'token', 'credential', 'creds', 'key', 'auth', 'access', 'api'],
    look: (place) => lookAt(place, KEY, isKey),
  },
];

type Place = Parameters<Matcher['look']>[0];

const QUOTED = /[^\s"'`<>{}()$\\]{8,150}(?=["'`])/y;
const BARE = /[\w.=+/~!@#%^&*-]{8,150}(?=[\s;,\\]|$)/y;
/** Names of things that are no secrets though their names say key or token. */
const HARMLESS =
  /^[\w.\- \t]{0,24}(?:id|name|path|file|type|length|size|count|index|url|uri|pair|code|board|word|map|public)s?["'`\]\s]{0,3}[=:,]/iy;

function lookAt({ text, start, end }: Place, rule: SecretRule, is: (value: string) => boolean) {
  const assignment = assignmentAt(text, end);
  if (assignment === null || matchAt(HARMLESS, text, end) !== null) return null;
  const { at, quote } = assignment;
  const value = matchAt(quote === '' ? BARE : QUOTED, text, at)?.[0];
  if (value === undefined || !isPlausible(value) || !is(value)) return null;
  // Without quotes it is mostly code, save where environments are written, or where nothing but chance looks like that.
  const isConstant = /^[A-Z_0-9]+$/.test(text.slice(start, end));
  if (quote === '' && !isConstant && entropyOf(value) < LEAST_BARE_BITS) return null;
  return { rule, start: at, end: at + value.length, rank: RANKS.generic, sources: ['belay'] };
}

const LEAST_PASSWORD_BITS = 2.5;
const LEAST_KEY_BITS = 3.5;
const LEAST_BARE_BITS = 4;

function isPassword(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && entropyOf(value) >= LEAST_PASSWORD_BITS;
}

function isKey(value: string): boolean {
  if (!/^[\w.=+/-]{10,150}$/.test(value) || /^[a-z]+:/.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && entropyOf(value) >= LEAST_KEY_BITS;
}
