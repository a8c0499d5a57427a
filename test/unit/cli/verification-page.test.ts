import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { verificationPage } from '../../../src/cli/output/verification-page';
import { STYLESHEET } from '../../../src/cli/output/verification/page/stylesheet';
import type { Verification } from '../../../src/domain/checks/verification';
import { anyVerification } from './any-verification';
import { pageMistakes } from './page-mistakes';
import {
  aCleanVerification,
  aFinding,
  aGate,
  aRichVerification,
  aScan,
  SUBJECT,
} from './verification-samples';

const mistakesOf = (page: string): readonly string[] => pageMistakes(page, STYLESHEET);
const pageOf = (verification: Verification): string => verificationPage(verification, SUBJECT);

describe('a verification as a page', () => {
  test.each([
    ['with one of everything', aRichVerification()],
    ['with nothing to say', aCleanVerification()],
  ])('%s is well formed and needs nothing from anywhere', (_, verification) => {
    expect(mistakesOf(pageOf(verification))).toEqual([]);
  });

  test('no name, path or sentence can add an element or an attribute, load, link or run anything', () => {
    fc.assert(
      fc.property(anyVerification, fc.string(), (verification, what) => {
        const page = verificationPage(verification, { ...SUBJECT, what, commit: what });
        expect(mistakesOf(page)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('hostile text is shown as the text that it is', () => {
    const hostile = `<img src=x onerror="alert('1')">&amp;`;
    const page = pageOf(
      aRichVerification({
        findings: [
          aFinding(1, {
            title: hostile,
            location: { path: `${hostile}.ts`, line: 3, resource: null },
          }),
        ],
        scans: [aScan('secrets', { skipped: [{ target: hostile, reason: '', allowed: false }] })],
        gates: [aGate({ name: hostile })],
        reasons: [hostile],
        notices: [hostile],
      }),
    );
    const shown = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;';
    expect(page).not.toContain('<img');
    // Title, path, gate, reason and notice; what was skipped in the list and in the sentence about the gap.
    expect(page.split(shown)).toHaveLength(1 + 7);
  });

  test('letters that turn the text around or draw nothing are left out', () => {
    const notices = ['a\u202eb\u0000c\u001b[2Jd\ud800'];
    expect(pageOf(aRichVerification({ notices }))).toContain('<li>abc[2Jd\ufffd</li>');
  });

  test('its policy lets in its own stylesheet and nothing else', () => {
    const page = pageOf(aRichVerification());
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page.replaceAll('&#39;', "'")).toContain(
      `content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(style).not.toMatch(/url\(|@import/);
  });

  test('has landmarks, one heading of the first rank, and a caption and scopes for every table', () => {
    const page = pageOf(aRichVerification());
    for (const mark of ['<html lang="en"', '<header', '<nav aria-label', '<main>', '<footer>']) {
      expect(page).toContain(mark);
    }
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<table/g)).toHaveLength(4);
    expect(page.match(/<table[^>]*><caption>/g)).toHaveLength(4);
    expect(page).not.toMatch(/<th(?! scope=)[ >]/);
    expect(page).not.toMatch(/<svg(?![^>]*(aria-hidden="true"|role="img" aria-label="[^"]+"))/);
  });

  test('every colour of words stands out from what is behind it, in the light and in the dark', () => {
    const palettes = [...STYLESHEET.matchAll(/:root\{color-scheme:light dark;([^}]+)\}/g)].concat([
      ...STYLESHEET.matchAll(/dark\)\{:root\{([^}]+)\}/g),
    ]);
    expect(palettes).toHaveLength(2);
    for (const [, palette = ''] of palettes) {
      const color = (name: string): string =>
        new RegExp(`--${name}:(#[0-9a-f]+)`).exec(palette)?.[1] ?? 'none';
      const words = ['text', 'soft', 'good', 'warn', 'bad'];
      for (const name of [...words, 'critical', 'high', 'medium', 'low', 'info']) {
        expect([name, contrast(color(name), color('card')) >= 4.5]).toEqual([name, true]);
      }
      for (const name of ['text', 'soft']) {
        expect(contrast(color(name), color('page'))).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('every switch has a rule that hides its rows, and stands only where there are rows', () => {
    const page = pageOf(aRichVerification());
    const ids = [...page.matchAll(/type="checkbox" id="([^"]+)"/g)].map(([, id]) => id!);
    expect(ids).toEqual([
      'show-severity-critical',
      'show-severity-high',
      'show-severity-medium',
      'show-scanner-vulnerabilities',
      'show-scanner-secrets',
      'show-scanner-compliance',
      'show-scanner-container',
    ]);
    for (const id of ids) {
      const [, group, name] = /^show-(\w+)-(\w+)$/.exec(id)!;
      expect(page).toContain(
        `#findings:has(#${id}:not(:checked)) tr[data-${group}="${name}"]{display:none}`,
      );
      expect(page).toMatch(new RegExp(`<tr[^>]* data-${group}="${name}"`));
    }
  });

  test('names two thousand findings and says how many more there are', () => {
    const findings = Array.from({ length: 2_345 }, (_, index) => aFinding(index));
    const page = pageOf(aRichVerification({ findings }));
    expect(page.match(/<tr data-severity/g)).toHaveLength(2_000);
    expect(page).toContain('And 345 more: the JSON report has all.');
  });

  test('a score that is unknown is not drawn as none', () => {
    expect(pageOf(aRichVerification({ score: null }))).toContain('No score: a scan is incomplete');
    expect(pageOf(aRichVerification({ score: 0 }))).toContain('Score 0 of 100');
  });
});

/** WCAG 2.2, relative luminance. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(color: string): number {
  const digits = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
