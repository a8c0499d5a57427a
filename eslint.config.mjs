import { builtinModules } from 'node:module';
import jest from 'eslint-plugin-jest';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const nodeBuiltins = builtinModules.flatMap((name) => [name, `node:${name}`]);

const nodeGlobals = {
  Buffer: 'readonly',
  URL: 'readonly',
  AbortController: 'readonly',
  AbortSignal: 'readonly',
  clearInterval: 'readonly',
  clearTimeout: 'readonly',
  console: 'readonly',
  fetch: 'readonly',
  performance: 'readonly',
  process: 'readonly',
  setImmediate: 'readonly',
  setInterval: 'readonly',
  setTimeout: 'readonly',
  structuredClone: 'readonly',
};

const size = {
  'max-lines': ['error', 400],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
  complexity: ['error', 10],
};

const habits = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-unreachable': 'error',
  'no-fallthrough': 'error',
  'no-self-assign': 'error',
  'no-unsafe-finally': 'error',
  'no-empty': 'error',
};

const impureGlobals = [
  'Buffer',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

/** A value that lives as long as the module does, and that a workflow could change. */
const moduleState = {
  message:
    'Workflow code keeps no module state: a worker shares the module between runs, so a replay would see it. Keep it in the workflow function, or make it a readonly constant.',
  holders: [
    'Program > VariableDeclaration',
    'Program > ExportNamedDeclaration > VariableDeclaration',
  ],
};

const workflowSyntax = moduleState.holders
  .flatMap((holder) => [
    `${holder}[kind!="const"]`,
    `${holder} > VariableDeclarator[init.type="NewExpression"][init.callee.name=/^(Map|Set|WeakMap|WeakSet|Array)$/]:not([id.typeAnnotation.typeAnnotation.typeName.name=/^Readonly/])`,
    `${holder} > VariableDeclarator[init.type="ArrayExpression"]:not([id.typeAnnotation.typeAnnotation.operator="readonly"]):not([id.typeAnnotation.typeAnnotation.typeName.name=/^Readonly/])`,
    `${holder} > VariableDeclarator[init.type="ObjectExpression"][init.properties.length=0]`,
  ])
  .map((selector) => ({ selector, message: moduleState.message }))
  .concat({
    selector: 'ThrowStatement > NewExpression[callee.name!="ApplicationFailure"]',
    message:
      'Workflow code throws only ApplicationFailure: any other error makes the workflow task fail and retry for ever.',
  });

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.cache/',
      'node_modules/',
      'coverage/',
      'test/fixtures/',
      'examples/*/build/',
      '**/*.d.mts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: nodeGlobals },
    rules: {
      ...size,
      ...habits,
      'no-console': 'off',
      'no-undef': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...size,
      ...habits,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A number or a boolean in a message reads as it is; objects stay forbidden.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // A socket is a Duplex to one API and a Socket to another; Node's types do not agree with themselves.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Ports answer with promises, and a fake or a local adapter often has nothing to await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/activities/**/*.ts'],
    rules: { '@typescript-eslint/return-await': ['error', 'always'] },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-imports': [
        'error',
        { paths: nodeBuiltins, patterns: ['@temporalio/*', 'zod', '@aws-sdk/*'] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Time comes in as an argument.',
        },
      ],
    },
  },
  {
    files: ['src/workflows/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-restricted-globals': [
        'error',
        ...impureGlobals.filter((name) => !['setTimeout', 'clearTimeout'].includes(name)),
      ],
      'no-restricted-imports': ['error', { paths: nodeBuiltins, patterns: ['zod', '@aws-sdk/*'] }],
      'no-restricted-syntax': ['error', ...workflowSyntax],
    },
  },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*', 'fc.assert'] }],
      // Contract suites are functions that describe themselves for each adapter.
      'jest/no-export': 'off',
      'jest/no-standalone-expect': 'off',
      'jest/require-top-level-describe': 'off',
      // Property tests and discriminated unions assert inside a branch that they have proved.
      'jest/no-conditional-expect': 'off',
    },
  },
);
