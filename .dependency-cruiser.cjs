'use strict';

/**
 * The import table of docs/architecture.md, one rule a row. `only` reads: files of this layer may
 * import these paths and nothing else, neither a package nor a Node builtin.
 */
const processCommands = '^src/cli/commands/(up|down|doctor|worker|platform|verify|evidence)[.]ts$';
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);
const configLoader = '^src/config/load';
const configRow = ['^src/(config|domain)/', ...packages('zod', 'yaml')];

module.exports = {
  forbidden: [
    only('domain', ['^src/domain/']),
    only('ports', ['^src/(ports|domain)/']),
    typesOnly('ports', 'domain'),
    {
      name: 'config-imports-only-domain-zod-and-yaml',
      severity: 'error',
      from: { path: '^src/config/', pathNot: configLoader },
      to: { pathNot: configRow },
    },
    {
      name: 'the-config-loader-may-also-read-files',
      severity: 'error',
      from: { path: configLoader },
      to: { pathNot: configRow, dependencyTypesNot: ['core'] },
    },
    only('workflows', [
      '^src/(workflows|domain|activities)/',
      ...packages('@temporalio/workflow', '@temporalio/common'),
    ]),
    typesOnly('workflows', 'activities'),
    only('activities', [
      '^src/(activities|domain|ports|config)/',
      // The plan's digest is made in an activity, and the domain may not ask Node for a hash.
      '^(node:)?crypto$',
      ...packages('@temporalio/activity', '@temporalio/common'),
    ]),
    {
      name: 'adapters-import-ports-domain-and-their-own-sdk',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: {
        path: '^src/|^tools/|node_modules/(@temporalio|zod|commander)/',
        pathNot: ['^src/(adapters|ports|domain)/', '^src/platform/admin-api[.]ts$'],
      },
    },
    {
      name: 'adapters-never-import-another-adapter',
      comment:
        'What two adapters share lies directly in src/adapters/, in src/adapters/inspection/ (reading files for checks), or in the domain.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/([^/.]+)' },
      to: {
        path: '^src/adapters/[^/]+/[^/.]+',
        pathNot: ['^src/adapters/$1/$2(/|[.]|$)', '^src/adapters/inspection/'],
      },
    },
    {
      name: 'only-local-adapters-know-the-platform',
      severity: 'error',
      from: {
        path: '^src/adapters/',
        pathNot: '^src/adapters/(platform-|[^/]+/(local|embedded|router|platform)[^/]*(/|[.]ts$))',
      },
      to: { path: '^src/platform/' },
    },
    {
      name: 'platform-imports-domain-node-and-undici',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: {
        pathNot: ['^src/(platform|domain)/', ...packages('undici', 'undici-types', '@types/node')],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'client-imports-domain-config-and-messages',
      severity: 'error',
      from: { path: '^src/client/' },
      to: {
        path: '^src/|^tools/',
        pathNot: ['^src/(client|domain|config)/', '^src/workflows/messages[.]ts$'],
      },
    },
    {
      name: 'cli-imports-client-config-domain-ports-and-the-adapter-choice',
      severity: 'error',
      from: { path: '^src/(cli|console)/', pathNot: processCommands },
      to: {
        path: '^src/|^tools/|node_modules/@temporalio/',
        pathNot: ['^src/(cli|console|client|config|domain|ports)/', '^src/workers/adapters[.]ts$'],
      },
    },
    {
      name: 'workers-import-everything-but-the-cli',
      severity: 'error',
      from: { path: '^src/workers/' },
      to: { path: '^src/(cli|console)/|^tools/' },
    },
    {
      name: 'the-adapter-choice-is-free-of-temporal',
      severity: 'error',
      from: { path: '^src/workers/adapters[.]ts$' },
      to: { path: 'node_modules/@temporalio/', reachable: true },
    },
    {
      name: 'src-never-imports-tests-or-benches',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|examples)/' },
    },
    {
      name: 'tools-never-import-src',
      comment: 'Tools run before anything is built; what needs the build loads dist/ at run time.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^src/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|tools)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: { path: '^(src|tools)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts', '.d.mts'],
    },
  },
};

function only(layer, allowed) {
  return {
    name: `${layer}-imports-only-what-its-row-allows`,
    severity: 'error',
    from: { path: `^src/${layer}/` },
    to: { pathNot: allowed, couldNotResolve: false },
  };
}

function typesOnly(layer, other) {
  return {
    name: `${layer}-imports-${other}-as-types-only`,
    severity: 'error',
    from: { path: `^src/${layer}/` },
    to: { path: `^src/${other}/`, dependencyTypesNot: ['type-only'] },
  };
}
