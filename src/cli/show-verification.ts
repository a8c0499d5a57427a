import { toSarif } from '../domain/checks/sarif';
import type { VerificationFile } from '../domain/checks/verification-file';
import { styleOf } from './output/style';
import type { DocumentFormat, Terminal } from './output/terminal';
import { verificationJson } from './output/verification-json';
import { verificationPage } from './output/verification-page';
import { verificationText } from './output/verification-text';

/** The verdict on stdout, in the form that was asked for. */
export function showVerification(
  file: VerificationFile,
  format: DocumentFormat,
  terminal: Terminal,
): void {
  terminal.write(documentText(file, format, terminal));
}

/** The whole document, with a newline at its end. */
export function documentText(
  { verification, subject }: VerificationFile,
  format: DocumentFormat,
  terminal: Terminal,
): string {
  switch (format) {
    case 'text':
      return `${verificationText(verification, subject, styleOf(terminal)).join('\n')}\n`;
    case 'json':
      return `${JSON.stringify(verificationJson(verification, subject))}\n`;
    case 'sarif':
      return `${JSON.stringify(toSarif(verification, subject), null, 2)}\n`;
    case 'html':
      return verificationPage(verification, subject);
  }
}
