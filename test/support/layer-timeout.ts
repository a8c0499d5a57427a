// Jest takes `testTimeout` for a whole run only, and each layer needs its own (jest.config.js).
declare const belayTestTimeoutMs: number;

jest.setTimeout(belayTestTimeoutMs);
