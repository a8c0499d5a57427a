'use strict';

/** Required by a worker thread before its own file, lets plain Node read the TypeScript of the sources as jest does. */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

const options = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  // Packages that are ESM only are imported, not required.
  module: { type: 'commonjs', ignoreDynamic: true },
};

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
  module._compile(code, filename);
};
