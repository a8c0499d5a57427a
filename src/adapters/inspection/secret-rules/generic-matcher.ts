import { assignmentAt } from './assignment';
import { matchAt, RANKS, type Matcher, type Place } from './matcher';
import { entropyOf, isMixed, isPlausible } from './plausible';
import type { Hit, SecretRule } from './rule';

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

const QUOTED = /[^\s"'`<>{}()$\\]{8,150}(?=["'`])/y;
const BARE = /[\w.=+/~!@#%^&*-]{8,150}(?=[\s;,\\]|$)/y;

function lookAt(place: Place, rule: SecretRule, is: (value: string) => boolean): Hit | null {
  if (isHarmlessName(place)) return null;
  const assignment = assignmentAt(place.text, place.end);
  if (assignment === null) return null;
  const { at, quote } = assignment;
  const value = matchAt(quote === '' ? BARE : QUOTED, place.text, at)?.[0] ?? '';
  if (!isPlausible(value) || !is(value)) return null;
  if (quote === '' && !canStandBare(place, value)) return null;
  return { rule, start: at, end: at + value.length, rank: RANKS.generic, sources: ['belay'] };
}

/** What names go on with that are no secrets though they say key or token. */
const HARMLESS_END =
  /[\w.\- \t]{0,24}(?:id|name|path|file|type|length|size|count|index|url|uri|pair|code|board|word|map|public)s?["'`\]\s]{0,3}[=:,]/iy;
const HARMLESS_BEGIN =
  /(?:public|publishable|cache|primary|foreign|sort|partition|group|hot|map|idempotency|translation)[_-]?(?:key)?$/i;

function isHarmlessName({ text, start, end }: Place): boolean {
  return (
    HARMLESS_BEGIN.test(text.slice(Math.max(0, start - 20), start)) ||
    matchAt(HARMLESS_END, text, end) !== null
  );
}

/** Without quotes it is mostly code, save where environments are written in capitals. */
function canStandBare({ text, start, end }: Place, value: string): boolean {
  return /^[A-Z_0-9]+$/.test(text.slice(start, end)) || entropyOf(value) >= LEAST_BARE_BITS;
}

const LEAST_PASSWORD_BITS = 2.5;
const LEAST_KEY_BITS = 3.5;
/** Sixteen characters cannot be more varied than four bits, and forty of them by chance hardly ever less than three. */
const LEAST_HEX_BITS = 3;
const HEX = /^(?:[0-9a-f]{32,150}|[0-9A-F]{32,150})$/;
const LEAST_BARE_BITS = 4;

function isPassword(value: string): boolean {
  return isMixed(value) && entropyOf(value) >= LEAST_PASSWORD_BITS;
}

function isKey(value: string): boolean {
  if (!/[\w.=+/-]{10,150}$/.test(value) || isName(value)) return false;
  const leastBits = HEX.test(value) ? LEAST_HEX_BITS : LEAST_KEY_BITS;
  return isMixed(value) && entropyOf(value) >= leastBits;
}

/** `orders-by-id-2024`: words and numbers. */
function isName(value: string): boolean {
  const parts = value.split(/[-_.]/);
  return parts.length >= 3 && parts.every((part) => /^(?:[A-Z]?[a-z]{0,20}|\d{0,4})$/.test(part));
}
