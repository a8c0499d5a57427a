import type { Finding } from '../../../domain/checks/finding';
import { genericHits } from './supplement';

/** Answers what looks like a secret in one text. Findings carry rules and lines, never a part of the text. */
export type SecretRules = (path: string, text: string) => Promise<readonly Finding[]>;

/** It lets the scanned tree switch rules off by comments: the scanned thing must not configure its own scan. */
const COMMENT_FILTER = '@secretlint/secretlint-rule-filter-comments';
/** Account ids are no secrets, and most hits are false. */
const IGNORED_MESSAGES = new Set(['AWSAccountID']);
/** What opens one thing that is often an example or reachable from inside only. */
const HIGH = /^(?:basicauth|database-connection-string)\/|Webhook|_TEST$/;

/** Loads secretlint, which is ESM only, with its recommended rules. */
export async function loadSecretRules(): Promise<SecretRules> {
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
    const specific = messages
      .filter(({ messageId }) => !IGNORED_MESSAGES.has(messageId))
      .map(({ ruleId, messageId, loc }) =>
        specificFinding(path, nameOf(ruleId, messageId), loc.start.line),
      );
    const generic = genericHits(text).map(({ rule, line }) =>
      finding(path, { rule, severity: 'low', line }),
    );
    return [...specific, ...generic];
  };
}

/** Access key ids are only looked for when asked. */
function optionsOf(ruleId: string): Record<string, unknown> {
  return ruleId.endsWith('-rule-aws') ? { enableIDScanRule: true } : {};
}

function nameOf(ruleId: string, messageId: string): string {
  return `${ruleId.replace('@secretlint/secretlint-rule-', '')}/${messageId}`;
}

function specificFinding(path: string, rule: string, line: number): Finding {
  return finding(path, { rule, severity: HIGH.test(rule) ? 'high' : 'critical', line });
}

function finding(
  path: string,
  { rule, severity, line }: Pick<Finding, 'rule' | 'severity'> & { readonly line: number },
): Finding {
  return {
    check: 'secrets',
    rule,
    severity,
    title: `looks like a secret: ${rule}`,
    location: { path, line },
  };
}

function extensionOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? '';
}
