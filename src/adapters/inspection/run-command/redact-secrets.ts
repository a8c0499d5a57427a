/** Replaces what must not be shown. */
export type Redact = (text: string) => string;

const HIDDEN = '[redacted]';
/** Shorter values (`4`, `true`) are no secrets, and would hide half of the output. */
const SHORTEST_VALUE = 6;

/** Shapes that issuers document. Every repetition is bounded. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]{0,16000}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,255}/g,
  /\bglpat-[A-Za-z0-9_-]{20,255}/g,
  /\bnpm_[A-Za-z0-9]{36,64}/g,
  /\bpypi-[A-Za-z0-9_-]{50,400}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,255}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/g,
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,2000}/g,
  /\b(?:Bearer|Basic) [A-Za-z0-9._~+/=-]{12,4000}/gi,
  /(?<=[a-z0-9+.-]:\/\/[^\s:@/]{0,256}:)[^\s@/]{1,256}(?=@)/gi,
  /(?<=(?:secret|token|passw(?:or)?d|api_?key|access_?key)["']{0,1}\s{0,2}[:=]\s{0,2}["']{0,1})[^\s"',;]{6,512}/gi,
];

/** Hides the known shapes of secrets, the given values, and what the caller's own redaction finds. */
export function redactSecrets(values: readonly string[], own: Redact = (text) => text): Redact {
  const hidden = [...new Set(values.flatMap(spellingsOf))].sort(
    (one, other) => other.length - one.length,
  );
  return (text) => {
    let left = own(text);
    for (const value of hidden) left = left.replaceAll(value, HIDDEN);
    for (const shape of SHAPES) left = left.replace(shape, HIDDEN);
    return left;
  };
}

/** A value as it is, each of its lines, and as it stands in an address or a header. */
function spellingsOf(value: string): readonly string[] {
  const lines = value.includes('\n') ? value.split(/\r?\n/) : [];
  return [value, ...lines]
    .flatMap((one) => [one, encodeURIComponent(one), Buffer.from(one).toString('base64')])
    .filter((one) => one.length >= SHORTEST_VALUE);
}
