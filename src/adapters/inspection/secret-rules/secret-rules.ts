import type { Finding } from '../../../domain/checks/finding';
import { findingsOfHits } from './findings-of-hits';
import { compileOwnRules } from './match-text';
import { mergeHits } from './merge-hits';
import { loadSecretlint } from './run-secretlint';
import { textWindows, type TextWindow } from './text-window';

/**
 * Answers what looks like a secret in one text, by place. Findings carry rules and lines, never a part of the text.
 * The path names the file and decides which rules of certain formats apply.
 */
export type SecretRules = (path: string, text: string) => Promise<readonly Finding[]>;

/** The same for a text that does not fit in memory; each call is one window of it. */
export type WindowRules = (path: string, window: TextWindow) => Promise<readonly Finding[]>;

export function textRules(rules: WindowRules): SecretRules {
  return async (path, text) => {
    const findings: Finding[] = [];
    for await (const window of textWindows([text])) findings.push(...(await rules(path, window)));
    return oncePerFingerprint(findings);
  };
}

/**
 * Loads the rules, for a thread of its own: they never yield while they look at a text.
 *
 * @param key that of the installation, without which fingerprints would let values be guessed
 */
export async function loadWindowRules(key: Uint8Array): Promise<WindowRules> {
  const runSecretlint = await loadSecretlint();
  const matchText = compileOwnRules();
  return async (path, window) => {
    const { text, from, to } = window;
    const hits = [...matchText(path, text), ...(await runSecretlint(path, text))];
    const own = mergeHits(hits).filter(({ start }) => start >= from && start < to);
    return findingsOfHits(own, { path, window, key });
  };
}

/** The first of those with the same fingerprint. */
export function oncePerFingerprint(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ fingerprint }) => {
    if (seen.has(fingerprint)) return false;
    seen.add(fingerprint);
    return true;
  });
}
