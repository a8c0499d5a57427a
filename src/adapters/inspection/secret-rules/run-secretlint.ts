import { performance } from 'node:perf_hooks';
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

/** Loads secretlint, which is ESM only, with its recommended rules. */
export async function loadSecretlint(): Promise<RunSecretlint> {
  silenceProfiler();
  const { lintSource } = await import('@secretlint/core');
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const chosen = rules
    .filter((rule) => rule.meta.id !== COMMENT_FILTER)
    .map((rule) => ({ id: rule.meta.id, rule, options: optionsOf(rule.meta.id) }));

  return async (path, text) => {
    const { messages } = await lintSource({
      source: { filePath: path, content: text, ext: extensionOf(path), contentType: 'text' },
      options: { config: { rules: chosen }, maskSecrets: true, noPhysicFilePath: true },
    });
    return messages
      .filter(({ messageId }) => !IGNORED_MESSAGES.has(messageId))
      .filter(
        ({ messageId, range: [start, end] }) =>
          LONG.has(messageId) || !isPlaceholder(text.slice(start, end)),
      )
      .map(({ ruleId, messageId, range: [start, end] }) => ({
        rule: SECRETLINT_RULES[messageId] ?? unknownRule(ruleId),
        start,
        end,
        rank: RANKS.secretlint,
        sources: ['secretlint'],
      }));
  };
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
