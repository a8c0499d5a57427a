/** What secretlint has no rule for. Generic rules are noisy, so what they find warns and never blocks. */
export interface GenericHit {
  readonly rule: 'generic/password' | 'generic/environment' | 'generic/hex-key';
  readonly line: number;
}

interface GenericRule {
  readonly rule: GenericHit['rule'];
  /** The named group `value` holds what may be a secret. Every repetition is bounded: no text makes it slow. */
  readonly pattern: RegExp;
}

const RULES: readonly GenericRule[] = [
  {
    rule: 'generic/password',
    pattern:
      /(?:password|passwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)["']?[ \t]{0,5}[:=][ \t]{0,5}(?<quote>["'])(?<value>[^"'\s]{8,200})\k<quote>/gi,
  },
  {
    rule: 'generic/environment',
    pattern:
      /^[ \t]{0,20}(?:ENV[ \t]{1,5}|export[ \t]{1,5})?[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY)[A-Z0-9_]{0,40}[= ](?<value>[^\s"']{8,200})[ \t]{0,20}$/gm,
  },
  {
    rule: 'generic/hex-key',
    pattern:
      /(?:key|secret|token)[A-Za-z0-9_]{0,20}["']?[ \t]{0,5}[:=][ \t]{0,5}["']?(?<value>[0-9a-f]{32,128})\b/gi,
  },
];

const PLACEHOLDER =
  /[<>{}$*()]|^(?:x+|\.+)$|process\.env|change.?me|example|placeholder|your[_-]|^(?:password|secret|undefined|null|true|false)$/i;
/** Bits a character: below it a value is a word or a pattern rather than chance. */
const LEAST_ENTROPY = 2.5;
const MOST_HITS = 20;

export function genericHits(text: string): readonly GenericHit[] {
  const hits: GenericHit[] = [];
  for (const { rule, pattern } of RULES) {
    for (const match of text.matchAll(pattern)) {
      if (hits.length >= MOST_HITS) return hits;
      if (isPlausible(match.groups?.['value'] ?? ''))
        hits.push({ rule, line: lineAt(text, match.index) });
    }
  }
  return hits;
}

function isPlausible(value: string): boolean {
  return !PLACEHOLDER.test(value) && entropy(value) >= LEAST_ENTROPY;
}

function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / value.length;
    return bits - share * Math.log2(share);
  }, 0);
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
