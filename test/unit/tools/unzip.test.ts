import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipEntry } from '../../../tools/temporal/unzip.mjs';
import { zipArchive } from './zip-archive';

const content = Buffer.from('#!/bin/sh\necho hello\n'.repeat(500));
let folder: string;
let archive: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-unzip-'));
  archive = join(folder, 'a.zip');
  target = join(folder, 'out');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('unzipEntry', () => {
  it.each([{ stored: false }, { stored: true }])(
    'writes the entry with the wanted ending, executable (stored: $stored)',
    async ({ stored }) => {
      const other = { name: 'a/README', content: Buffer.from('no') };
      writeFileSync(archive, zipArchive([other, { name: 'a/bin/tool', content, stored }, other]));
      await unzipEntry(archive, { suffix: '/bin/tool', target });
      expect(readFileSync(target)).toEqual(content);
      expect(statSync(target).mode & 0o111).not.toBe(0);
    },
  );

  it('says which entry is missing', async () => {
    writeFileSync(archive, zipArchive([{ name: 'a/README', content }]));
    await expect(unzipEntry(archive, { suffix: '/bin/tool', target })).rejects.toThrow('/bin/tool');
  });

  it('refuses a file that is no archive', async () => {
    writeFileSync(archive, content);
    await expect(unzipEntry(archive, { suffix: '/bin/tool', target })).rejects.toThrow(
      'not a zip archive',
    );
  });

  it('refuses an archive whose entry has less in it than its directory says', async () => {
    const whole = zipArchive([{ name: 'a/bin/tool', content, stored: true }]);
    const sizeField = whole.lastIndexOf(Buffer.from('a/bin/tool')) - 46 + 24;
    whole.writeUInt32LE(content.length + 1, sizeField);
    writeFileSync(archive, whole);
    await expect(unzipEntry(archive, { suffix: '/bin/tool', target })).rejects.toThrow('bytes');
  });
});
