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
  unit: { timeoutMs: 60_000 },
  contract: { timeoutMs: 60_000 },
  // They compute, and may have to wait for the processor: `npm test` runs them behind the integration layer.
  workflow: { timeoutMs: 600_000 },
  replay: { timeoutMs: 600_000 },
  integration: { timeoutMs: 240_000, globalSetup: true },
};

/**
 * `npm test` runs the integration layer in two lanes, each with a Temporal server of its own: what kills and then waits
 * until the dead are missed, and the others. Without a lane, all of them run.
 */
const KILLING = '(deaths|fault-kills|kills|lost-run)[.]test[.]ts$';
const LANES = {
  killing: [`/integration/(?!${KILLING})`],
  others: [`/integration/${KILLING}`],
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
    testPathIgnorePatterns: ['/node_modules/', ...(LANES[process.env.BELAY_TEST_LANE] ?? [])],
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
