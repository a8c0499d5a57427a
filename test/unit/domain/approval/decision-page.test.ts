import { readFileSync, writeFileSync } from 'node:fs';
import { decisionPage } from '../../../support/decision-page';

const PAGE = 'docs/decisions.md';

test('docs/decisions.md says what the table does', () => {
  // Written anew where one asks for it, so that nobody edits a generated page by hand.
  if (process.env['BELAY_RECORD'] === '1') writeFileSync(PAGE, decisionPage());
  expect(readFileSync(PAGE, 'utf8')).toBe(decisionPage());
});
