import type { SarifText } from './log';

/**
 * A message that says what it says: SARIF reads `[text](target)` as a link and `{0}` as a placeholder, and a path or a
 * package could be named like that (SARIF 2.1.0, sections 3.11.5 and 3.11.6).
 */
export function sarifText(text: string): SarifText {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
  const withoutLinks = wellFormed.includes('](')
    ? wellFormed.replace(/[[\]]/g, '\\$&')
    : wellFormed;
  const escaped = withoutLinks.replace(/\{(\d{1,9})\}/g, '{{$1}}');
  return { text: escaped === '' ? '-' : escaped };
}
