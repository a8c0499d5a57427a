import { deflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { textEncoding } from '../../../src/adapters/inspection/text-encoding';

const TEXT = 'export const answer = 42; // a line of a program, as there are many\n'.repeat(20);

test.each([
  ['nothing', Buffer.alloc(0), 'utf-8'],
  ['a plain text', Buffer.from(TEXT), 'utf-8'],
  ['a text with a zero byte in a comment', Buffer.from(`#\0\n${TEXT}`), 'utf-8'],
  ['a short text with a zero byte', Buffer.from(`TOKEN=abcdefghijklmnopqrst\0\n`), 'utf-8'],
  ['a coloured log', Buffer.from(`\u001b[31mred\u001b[0m\0${TEXT}`), 'utf-8'],
  ['16 bits with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le'],
  ['16 bits without a mark', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
  ['16 bits the other way round', Buffer.from(TEXT, 'utf16le').swap16(), 'utf-16be'],
  ['a mark of 16 bits before plain text', Buffer.from([0xff, 0xfe, ...Buffer.from(TEXT)]), 'utf-8'],
  ['the other mark before plain text', Buffer.from([0xfe, 0xff, ...Buffer.from(TEXT)]), 'utf-8'],
  ['a mark and nothing', Buffer.from([0xff, 0xfe]), 'utf-16le'],
  ['a marked text that is not Latin', Buffer.from('\ufeffпароль от базы', 'utf16le'), 'utf-16le'],
  ['a program', readFileSync(process.execPath).subarray(0, 8_192), null],
  ['compressed bytes', deflateSync(readFileSync(__filename)), null],
  ['zeros', Buffer.alloc(100), null],
])('%s', (_name, bytes, encoding) => {
  expect(textEncoding(bytes)).toBe(encoding);
});
