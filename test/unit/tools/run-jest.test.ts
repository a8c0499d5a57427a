import { getPriority } from 'node:os';
import { runJest, type JestCount } from '../../../tools/set-up/jest.mjs';
import { Clone } from './clone';

jest.setTimeout(60_000);

let clone: Clone;

beforeEach(() => {
  clone = new Clone();
  clone.write('package.json', '{}');
  clone.write('jest.config.js', "module.exports = { testMatch: ['**/*.spec.js'] };");
});

afterEach(() => clone.remove());

describe('the totals of a test run', () => {
  it('count what passed, failed and was skipped by name', async () => {
    clone.write(
      'mixed.spec.js',
      "it('a', () => {}); it('b', () => { throw new Error(); }); it.skip('needs HAProxy', () => {});",
    );
    expect(await run()).toEqual({ passed: 1, failed: 1, skipped: ['needs HAProxy'] });
  });

  it('count a suite that cannot be loaded as one failure', async () => {
    clone.write('broken.spec.js', "require('./nowhere');");
    clone.write('good.spec.js', "it('a', () => {});");
    expect(await run()).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  it('count a run that ends badly before any test as one failure', async () => {
    clone.write('jest.config.js', "module.exports = { globalSetup: './nowhere.js' };");
    expect(await run()).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  it('count the same for a run behind others, which takes what they leave of the processor', async () => {
    const priority = Math.min(getPriority() + 10, 19);
    const look = `expect(require('node:os').getPriority()).toBe(${priority})`;
    clone.write('nice.spec.js', `it('a', () => ${look});`);
    expect(await run('behind')).toEqual({ passed: 1, failed: 0, skipped: [] });
  });
});

function run(place: 'front' | 'behind' = 'front'): Promise<JestCount> {
  return runJest({ root: clone.root, args: ['--runInBand', '--silent'], quiet: true, place });
}
