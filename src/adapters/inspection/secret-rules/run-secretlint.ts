import { performance } from 'node:perf_hooks';
import { HitLimit } from './hit-limit';
import { RANKS } from './matcher';
import { isPlaceholder } from './plausible';
import type { Hit, SecretRule } from './rule';
import { SECRETLINT_RULES } from './secretlint-table';

export type RunSecretlint = (path: string, text: string) => Promise<readonly Hit[]>;

/** It lets the scanned tree switch rules off by comments: the scanned thing must not configure its own scan. */
const COMMENT_FILTER = '@secretlint/secretlint-rule-filter-comments';
/** Account ids are no secrets; of the others our own rules know the exact form, and these take any text for one. */
const IGNORED_MESSAGES = new Set(['AWSAccountID', 'SLACK_TOKEN', 'SHOPIFY_KEY']);
/** Long enough to hold any word by chance. */
const LONG = new Set(['PrivateKey', 'PrivateKeyP12', 'PrivateKeyJSON']);

// eslint-disable-next-line @typescript-eslint/consistent-type-imports -- The package is ESM only, and this file is not.
type Rule = (typeof import('@secretlint/secretlint-rule-preset-recommend'))['rules'][number];
type Report = Parameters<Parameters<Rule['create']>[0]['report']>[0];

/** Loads secretlint, which is ESM only, with its recommended rules. */
export async function loadSecretlint(): Promise<RunSecretlint> {
  silenceProfiler();
  const { lintSource } = await import('@secretlint/core');
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const chosen = rules.filter((rule) => rule.meta.id !== COMMENT_FILTER);

  return async (path, text) => {
    const hits = new HitLimit();
    const reporting = chosen.map((rule) =>
      reportingTo(rule, (report) => {
        for (const hit of hitsOf(report, { rule, text })) hits.add(hit);
      }),
    );
    await lintSource({
      source: { filePath: path, content: text, ext: extensionOf(path), contentType: 'text' },
      options: { config: { rules: reporting }, noPhysicFilePath: true },
    });
    return hits.all();
  };
}

/** Takes reports from the rule itself: secretlint compares each with every other, and many in a file would stop it. */
function reportingTo(rule: Rule, report: (report: Report) => void) {
  const { id } = rule.meta;
  const create: Rule['create'] = (context, options) => rule.create({ ...context, report }, options);
  return { id, rule: { ...rule, create }, options: optionsOf(id) };
}

function hitsOf(
  { message: { messageId }, range: [start, end] }: Report,
  { rule, text }: { readonly rule: Rule; readonly text: string },
): readonly Hit[] {
  if (IGNORED_MESSAGES.has(messageId)) return [];
  if (!LONG.has(messageId) && isPlaceholder(text.slice(start, end))) return [];
  const named = SECRETLINT_RULES[messageId] ?? unknownRule(rule.meta.id);
  return [{ rule: named, start, end, rank: RANKS.secretlint, sources: ['secretlint'] }];
}

/** It leaves a hundred marks for each file and nobody takes them away: memory without end. */
function silenceProfiler(): void {
  const mark = performance.mark.bind(performance);
  performance.mark = (name, options) => (name.startsWith('@') ? NO_MARK : mark(name, options));
}

const NO_MARK = performance.mark('secretlint');

/** Access key ids are only looked for when asked. */
function optionsOf(ruleId: string): Record<string, unknown> {
  return ruleId.endsWith('-rule-aws') ? { enableIDScanRule: true } : {};
}

function unknownRule(ruleId: string): SecretRule {
  const id = ruleId.replace('@secretlint/secretlint-rule-', '').replace(/[^\w-]/g, '-');
  return { id, severity: 'critical', title: `A secret of the kind ${id}` };
}

function extensionOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? '';
}
