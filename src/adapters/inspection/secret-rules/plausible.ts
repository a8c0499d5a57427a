/** Words of people who show where a secret goes. */
const PLACEHOLDER =
  /example|placeholder|change[_-]?me|redacted|dummy|sample|your[_-]|my[_-]?(?:secret|token|password|key)|x{4}|\*{3}|\.{3}|0{16}|abcdefghijklmnop/i;
/** What is put in at run time: `${TOKEN}`, `{{ token }}`, `%TOKEN%`, `<token>`, `$TOKEN`, `process.env.TOKEN`. */
const REFERENCE =
  /^\$|\$[({]|\{\{|^%.{0,200}%$|^<.{0,200}>$|process\.env|os\.environ|getenv|^@.{0,80}@$/i;
const LEAST_VARIETY = 0.55;

/** Whether a value can be a secret: no placeholder, no reference, and as varied as chance makes it. */
export function isPlausible(value: string): boolean {
  return !isPlaceholder(value) && varietyOf(value) >= LEAST_VARIETY;
}

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || REFERENCE.test(value);
}

/** Letters and digits, as chance mixes them and words do not. */
export function isMixed(value: string): boolean {
  return /[0-9]/.test(value) && /[A-Za-z]/.test(value);
}

/** From 0 (one character all along) to 1 (as varied as its length and its alphabet allow). */
function varietyOf(value: string): number {
  const most = Math.log2(Math.min(value.length, alphabetSize(value)));
  return most === 0 ? 0 : entropyOf(value) / most;
}

function alphabetSize(value: string): number {
  if (/^\d*$/.test(value)) return 10;
  return /^[0-9a-f]*$/i.test(value) ? 16 : 32;
}

/** Bits a character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / value.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}
