'use strict';

const swcOptions = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

/** One Temporal server for a whole run of the layers that need one. */
const globalTemporal = {
  globalSetup: '<rootDir>/test/support/global-temporal-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-temporal-teardown.ts',
};

/** One project a layer; `npx jest --selectProjects unit` runs one of them. */
const layers = {
  unit: { timeoutMs: 15_000 },
  contract: { timeoutMs: 60_000 },
  workflow: { timeoutMs: 120_000 },
  replay: { timeoutMs: 120_000 },
  integration: { timeoutMs: 240_000, globalSetup: true },
};

/** Chaos takes long, so only a run that asks for it gets it. */
const onDemand = { chaos: { timeoutMs: 900_000, globalSetup: true } };

const wanted = process.env.BELAY_TEST_CHAOS === '1' ? { ...layers, ...onDemand } : layers;

module.exports = {
  maxWorkers: 2,
  projects: Object.entries(wanted).map(([name, layer]) => project(name, layer)),
};

function project(name, { timeoutMs, globalSetup = false }) {
  return {
    displayName: name,
    rootDir: __dirname,
    roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/tools'],
    testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
    testEnvironment: 'node',
    globals: { belayTestTimeoutMs: timeoutMs },
    setupFilesAfterEnv: [
      '<rootDir>/test/support/layer-timeout.ts',
      '<rootDir>/test/support/threads-from-source.ts',
    ],
    moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
    transform: { '^.+\\.(ts|mjs)$': ['@swc/jest', swcOptions] },
    ...(globalSetup ? globalTemporal : {}),
  };
}
