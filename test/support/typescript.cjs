'use strict';

/**
 * Required first, lets plain Node read the TypeScript of the tests as jest does, and gives it the built product where
 * a test asks for `src`.
 */
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');
const { projects } = require('../../jest.config.js');

const [, swcOptions] = projects[0].transform['^.+\\.(ts|mjs)$'];
const ROOT = path.resolve(__dirname, '../..');
const SOURCES = path.join(ROOT, 'src') + path.sep;
const BUILT = path.join(ROOT, 'dist') + path.sep;

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcOptions, filename });
  module._compile(code, filename);
};

const resolve = Module._resolveFilename;

Module._resolveFilename = (...request) => {
  const found = resolve(...request);
  if (!found.startsWith(SOURCES)) return found;
  const built = BUILT + found.slice(SOURCES.length).replace(/[.]ts$/, '.js');
  if (existsSync(built)) return built;
  throw new Error(`${path.relative(ROOT, built)} is missing: build first`);
};
