import { realpath } from 'node:fs/promises';
import type { Finding } from '../../../../domain/checks/finding';
import { keyedFingerprint } from '../../fingerprints';
import { textOf, type Json } from '../json-value';
import type { SarifThreadOrder } from './import-sarif';
import { openLines, type LineText } from './line-text';
import type { SarifRun } from './parse-sarif';
import { placeOf, type SarifPlace } from './sarif-place';
import { ruleOf, type SarifRule } from './sarif-rule';
import { severityOf } from './sarif-severity';

interface Found {
  readonly result: Json;
  readonly rule: SarifRule;
  readonly place: SarifPlace | null;
}

/** The kinds of result that are no problem, by the words of SARIF. */
const NO_PROBLEM = new Set(['pass', 'notApplicable', 'informational']);
/** Known under this name to every tool; two tools that use it mean the same thing. */
const ADVISORY =
  /^(?:CVE-\d{4}-\d{4,10}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|PYSEC-\d{4}-\d{1,10})$/i;

/** All problems of a report, in the order of their places, so that occurrences are counted alike every time. */
export async function sarifFindings(
  runs: readonly SarifRun[],
  order: SarifThreadOrder,
): Promise<readonly Finding[]> {
  const roots = [order.root, await realpath(order.root).catch(() => order.root)];
  const found = runs.flatMap(({ run, results }) =>
    results.filter(isProblem).map((result) => ({
      result,
      rule: ruleOf(result, run),
      place: placeOf(result, run, roots),
    })),
  );
  const lineText = await openLines(order.root);
  const occurrences = new Map<string, number>();
  const findings: Finding[] = [];
  for (const one of withoutRepeats(found).sort(byPlace)) {
    const parts = await partsOf(one, lineText);
    const name = JSON.stringify(parts);
    const occurrence = occurrences.get(name) ?? 0;
    occurrences.set(name, occurrence + 1);
    const named = [...parts, String(occurrence)];
    findings.push(findingOf(one, order, keyedFingerprint(order.fingerprintKey, named)));
  }
  return findings;
}

/** Suppressions inside of the report count for nothing: what is scanned may have written them. */
function isProblem(result: Json): boolean {
  return !NO_PROBLEM.has(textOf(result['kind']) ?? 'fail') && result['baselineState'] !== 'absent';
}

/** The same rule at the same place, told by two runs of one report. */
function withoutRepeats(found: readonly Found[]): Found[] {
  const kept = new Map<string, Found>();
  found.forEach((one, index) => {
    const { place, rule } = one;
    const key = JSON.stringify(place === null ? [rule.id, index] : [rule.id, place]);
    kept.set(key, kept.get(key) ?? one);
  });
  return [...kept.values()];
}

function byPlace(one: Found, other: Found): number {
  const [a, b] = [one.place ?? NOWHERE, other.place ?? NOWHERE];
  return (
    compare(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(one.rule.id, other.rule.id)
  );
}

const NOWHERE: SarifPlace = { path: '', line: null, column: null };

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

async function partsOf({ rule, place }: Found, lineText: LineText): Promise<readonly string[]> {
  const text = place === null ? '' : await lineText(place.path, place.line);
  return [rule.id, place?.path ?? '', text];
}

function findingOf(
  { result, rule, place }: Found,
  { scanner, tool }: SarifThreadOrder,
  fingerprint: string,
): Finding {
  const isAdvisory = ADVISORY.test(rule.id);
  return {
    scanner,
    ruleId: isAdvisory ? rule.id : `${tool}/${rule.id}`,
    ...severityOf(result, rule.descriptor),
    title: rule.title,
    location: place === null ? null : { path: place.path, line: place.line, resource: null },
    fingerprint,
    state: 'active',
    suppression: null,
    aliases: isAdvisory ? [rule.id] : [],
    component: null,
    fix: null,
    sources: [tool],
  };
}
