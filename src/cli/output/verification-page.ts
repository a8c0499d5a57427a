import type { Verification } from '../../domain/checks/verification';
import type { VerificationSubject } from '../../domain/checks/verification-subject';
import { escapeHtml } from './verification/page/escape-html';
import { verificationText } from './verification-text';

/** The verification as one self-contained HTML page. */
export function verificationPage(verification: Verification, subject: VerificationSubject): string {
  const style = { color: false, unicode: true, columns: 100 };
  const text = verificationText(verification, subject, style).join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Belay</title><pre>${escapeHtml(text)}</pre></html>\n`;
}
