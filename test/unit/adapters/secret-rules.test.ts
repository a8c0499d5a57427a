import { performance } from 'node:perf_hooks';
import { ADDRESS_ROWS } from '../../../src/adapters/inspection/secret-rules/address-table';
import { KEYWORD_ROWS } from '../../../src/adapters/inspection/secret-rules/keyword-table';
import {
  compileMatchers,
  compileOwnRules,
} from '../../../src/adapters/inspection/secret-rules/match-text';
import { mergeHits } from '../../../src/adapters/inspection/secret-rules/merge-hits';
import { PATTERN_ROWS } from '../../../src/adapters/inspection/secret-rules/pattern-table';
import { tokenMatchers } from '../../../src/adapters/inspection/secret-rules/token-matcher';
import { TOKEN_ROWS } from '../../../src/adapters/inspection/secret-rules/token-table';
import { PLACEHOLDERS } from './secret-placeholders';
import { nearMisses, sampleOf } from './secret-samples';

/** Put together at run time, so that no scanner of repositories takes them for real. */
const VARIED = 'q7Zr2Xw9Kd4Mv8Tb3Np6Lc5Hj1Fy0Gs7';
const matchText = compileOwnRules();

function idsIn(text: string, path = 'a.txt'): readonly string[] {
  return mergeHits(matchText(path, text)).map(({ rule }) => rule.id);
}

describe('rows of tokens', () => {
  const shapes = [...TOKEN_ROWS, ...ADDRESS_ROWS].flatMap(([id, , , ofRow]) =>
    ofRow.map((shape) => [id, shape] as const),
  );

  it.each(shapes)('%s: %s is found wherever it is written', (id, shape) => {
    const value = sampleOf(shape);
    const texts = [
      `${value}\n`,
      `token: ${value}\n`,
      `const a = "${value}";\n`,
      `{"a": "b\\n${value}\\nc"}`,
      `<a>\n  ${value}\n</a>`,
    ];
    for (const text of texts) expect(allIdsIn(text)).toContain(id);
  });

  it.each(shapes)('%s: nearly %s is not found', (id, shape) => {
    const match = compileMatchers(tokenMatchers([id, 'high', 'A token', [shape]]));
    expect(match('a.txt', `a = "${sampleOf(shape)}"\n`)).toHaveLength(1);
    for (const value of nearMisses(shape)) expect(match('a.txt', `a = "${value}"\n`)).toEqual([]);
  });

  it('have ids, titles and shapes of their own', () => {
    const all = shapes.map(([, shape]) => shape);
    expect(new Set(all).size).toBe(all.length);
    for (const [id, , title] of [...TOKEN_ROWS, ...KEYWORD_ROWS]) {
      expect(id).toMatch(/^[a-z0-9][a-z0-9-]{2,40}$/);
      expect(title).toMatch(/^(?:An? |The |Credentials )/);
    }
  });
});

describe('rows of words', () => {
  const rows = KEYWORD_ROWS.flatMap(([id, , , words, shapes]) =>
    shapes.flatMap((shape) => words.map((word) => [id, word, shape] as const)),
  );

  it.each(rows)('%s: what is given to %s is found', (id, word, shape) => {
    const value = sampleOf(shape);
    const texts = [
      `${word}_key = "${value}"\n`,
      `${word.toUpperCase()}_TOKEN=${value}\n`,
      `{"${word}": "${value}"}`,
      `${word}Secret: '${value}'\n`,
      `set("${word}", "${value}")`,
    ];
    for (const text of texts) expect(allIdsIn(text)).toContain(id);
  });

  it.each(rows)('%s: nothing is found without %s, or with nearly the value', (id, word, shape) => {
    const value = sampleOf(shape);
    expect(allIdsIn(`harmless = "${value}"\n`)).not.toContain(id);
    expect(allIdsIn(`${word}_key, then "${value}"\n`)).not.toContain(id);
    for (const miss of nearMisses(shape))
      expect(allIdsIn(`${word}_key = "${miss}"\n`)).not.toContain(id);
  });

  it('do not take a word for a part of another', () => {
    const value = sampleOf('{alnum:40}');
    expect(idsIn(`sumOfAll = ${sampleOf('{alnum:64}')};\n`)).not.toContain('sumologic-access-key');
    expect(idsIn(`nonlinear: "${sampleOf('{hex:32}')}"\n`)).not.toContain('linear-client-secret');
    expect(idsIn(`zendesk: "${value}"\n`)).toContain('zendesk-secret');
  });
});

/** All that found it, before the most specific is chosen. */
function allIdsIn(text: string, path = 'a.txt'): readonly string[] {
  return matchText(path, text).map(({ rule }) => rule.id);
}

describe('patterns', () => {
  const key = (body: string) => ['-----BEGIN', 'RSA', 'PRIVATE', `KEY-----${body}`].join(' ');
  const jwt = [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    'eyJzdWIiOiI5ODc2NTQzIiwiciI6MX0',
    VARIED,
  ].join('.');
  const found: readonly (readonly [string, string, string])[] = [
    ['private-key', 'a.pem', key(`\n${VARIED}\n${VARIED}\n-----END`)],
    ['private-key', 'a.json', `{"k": "${key(`\\n${VARIED}\\n${VARIED}\\n`)}"}`],
    ['private-key', 'cut.pem', key(`\n${VARIED}\n${VARIED}`)],
    ['jwt', 'a.js', `const t = "${jwt}";`],
    ['jwt-base64', 'a.js', `t = "${Buffer.from(jwt).toString('base64')}"`],
    ['curl-authorization', 'a.md', `curl -H "Authorization: Bearer ${VARIED}" https://a`],
    ['curl-authorization', 'a.sh', `curl \\\n  --header 'X-Api-Key: ${VARIED}' https://a`],
    ['curl-user', 'a.sh', `curl -u ada:${VARIED} https://a`],
    [
      'kubernetes-secret',
      'a.yaml',
      `kind: Secret\ndata:\n  key: ${Buffer.from(VARIED).toString('base64')}\n`,
    ],
    ['terraform-password', 'main.tf', `master_password = "${VARIED.slice(0, 16)}"\n`],
    ['nuget-password', 'nuget.config', `<add key="ClearTextPassword" value="${VARIED}" />`],
    ['freemius-key', 'a.php', `'secret_key' => 'sk_${VARIED.slice(0, 29)}',`],
    ['database-url', 'a.env', `REDIS=redis://:${VARIED}@cache.internal:6379/0`],
    ['azure-storage-key', 'a.env', `AccountKey=${sampleOf('{base64:86}')}==;`],
  ];

  it.each(found)('%s is found in %s', (id, path, text) => {
    expect(idsIn(text, path)).toContain(id);
  });

  it('find an app token of Facebook', () => {
    const token = ['4317825961234567', sampleOf('{alnum:27}')].join('|');
    expect(idsIn(`facebook ${token}\n`)).toEqual(['facebook-app-token']);
  });

  it.each([
    ['private-key', 'a.md', `${key('...')}\n`],
    ['private-key', 'a.pem', ['-----BEGIN', `PUBLIC KEY-----\n${VARIED.repeat(3)}`].join(' ')],
    ['curl-authorization', 'a.js', `headers: "Authorization: Bearer ${VARIED}"`],
    ['curl-authorization', 'a.md', 'curl -H "Authorization: Bearer $TOKEN_OF_MINE" https://a'],
    ['curl-user', 'a.md', 'curl -u user:password https://a'],
    ['curl-user', 'a.sh', `git push -u origin:${VARIED}`],
    ['kubernetes-secret', 'a.yaml', `kind: ConfigMap\ndata:\n  key: ${VARIED}\n`],
    [
      'kubernetes-secret',
      'a.yaml',
      `kind: Secret\n---\nkind: ConfigMap\ndata:\n  key: ${VARIED}\n`,
    ],
    ['terraform-password', 'main.tf', 'password = "${var.password}"\n'],
    ['terraform-password', 'main.tf', 'password = var.master_password\n'],
    ['nuget-password', 'nuget.config', '<add key="ClearTextPassword" value="%NUGET_PASSWORD%" />'],
    ['database-url', 'a.env', 'REDIS=redis://:${REDIS_PASSWORD}@cache.internal:6379/0'],
    ['database-url', 'a.md', 'amqp://guest:password@broker.internal'],
  ])('%s is not found in a %s that only looks like it', (id, path, text) => {
    expect(allIdsIn(text, path)).not.toContain(id);
  });
});

describe('one text', () => {
  it.each(PLACEHOLDERS)('is not alarmed by %j', (text) => {
    expect(idsIn(text)).toEqual([]);
  });

  it('with one secret that several rules know names the most specific', () => {
    const token = sampleOf('ghp_{alnum:36}');
    expect(allIdsIn(`SECRET_TOKEN="${token}"\n`).length).toBeGreaterThan(1);
    expect(idsIn(`SECRET_TOKEN="${token}"\n`)).toEqual(['github-token']);
  });
});

/** Beginnings of every rule, again and again, with what they wait for and never get. */
describe('hostile texts', () => {
  const starts = [
    ...[...TOKEN_ROWS, ...ADDRESS_ROWS].flatMap(([, , , shapes]) =>
      shapes.map((shape) => sampleOf(shape).slice(0, -1)),
    ),
    ...KEYWORD_ROWS.flatMap(([, , , words]) => words.map((word) => `${word} `)),
    ...PATTERN_ROWS.flatMap(({ words }) => words),
  ];
  const LENGTH = 20_000;

  it.each([
    ['a rule after the other', (start: string) => start],
    ['spaces', (start: string) => `${start}${' '.repeat(40)}`],
    ['quotes and operators', (start: string) => `${start}"="=:="`],
    ['letters', (start: string) => `${start}${'aB3'.repeat(200)}`],
    ['dots', (start: string) => `${start}${'a.'.repeat(100)}`],
    ['line ends', (start: string) => `${start}\n\n\n`],
    ['dashes', (start: string) => `${start}-----`],
  ])('of %s are read in time in proportion to their length', (_what, unit) => {
    const texts = starts.map((start) => {
      const text = unit(start);
      return text.repeat(Math.ceil(LENGTH / text.length)).slice(0, LENGTH);
    });
    const startedMs = performance.now();
    for (const text of texts) matchText('a.yaml', text);
    const perMegabyteMs = (performance.now() - startedMs) / ((texts.length * LENGTH) / 1_000_000);
    // A tenth of a second is usual, and a pattern that explodes takes hours.
    expect(perMegabyteMs).toBeLessThan(4_000);
  });
});
