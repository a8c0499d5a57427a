import { execFileSync } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { runWithin, signalWithin } from '../../../src/adapters/signal-within';

const FILE = join(__dirname, '..', '..', '..', 'src', 'adapters', 'signal-within.ts');

test('follows the signal that it was given, with its reason', () => {
  const controller = new AbortController();
  const signal = signalWithin(controller.signal, 60_000);
  controller.abort(new Error('enough'));
  expect(signal.reason).toEqual(new Error('enough'));
});

test('is aborted from the start where the given one is', () => {
  expect(signalWithin(AbortSignal.abort(), 60_000).aborted).toBe(true);
});

test('what has ended lets go of the signal, however it ended', async () => {
  const { signal } = new AbortController();
  await runWithin(signal, 60_000, () => Promise.resolve());
  await expect(
    runWithin(signal, 60_000, () => Promise.reject(new Error('failed'))),
  ).rejects.toThrow('failed');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('what runs within a time is told when it is over', async () => {
  const { signal } = new AbortController();
  const told = runWithin(signal, 20, async (limited) => {
    await once(limited, 'abort');
    limited.throwIfAborted();
  });
  await expect(told).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('every deadline rings, although garbage is collected before', () => {
  const { code } = transformFileSync(FILE, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const script = `${code}
    let rung = 0;
    const parent = new AbortController();
    for (let each = 0; each < 50; each += 1) {
      exports.signalWithin(parent.signal, 200).addEventListener('abort', () => { rung += 1; });
    }
    setTimeout(() => gc(), 50);
    setTimeout(() => console.log(rung), 600);`;
  const args = ['--expose-gc', '-e', `const exports = {};${script}`];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim()).toBe('50');
});
