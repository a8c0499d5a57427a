#!/usr/bin/env node
/**
 * `node tools/load/summarise.mjs --records FILE --logs FOLDER` prints the classification (classify.d.mts, without
 * `exposed`: read `revisions[DIGEST].requests`) of what run.mjs wrote as one JSON line.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { classify } from './classify.mjs';
import { readInstanceLogIds } from './instance-log.mjs';

const { records: file, logs } = parseArgs({
  options: { records: { type: 'string' }, logs: { type: 'string' } },
}).values;
if (file === undefined || logs === undefined) {
  process.stderr.write('usage: summarise.mjs --records FILE --logs FOLDER\n');
  process.exit(2);
}
const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
const result = classify(
  lines.map((line) => JSON.parse(line)),
  await readInstanceLogIds(logs),
);
process.stdout.write(`${JSON.stringify(result)}\n`);
