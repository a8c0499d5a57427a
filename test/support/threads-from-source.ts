import { join } from 'node:path';
import { endRestingChildren } from '../../src/adapters/inspection/child/children';
import { threadOptions } from '../../src/adapters/inspection/thread-options';
import { endRestingThreads } from '../../src/adapters/inspection/threads';

threadOptions.extension = '.ts';
threadOptions.execArgv = ['--require', join(__dirname, 'typescript-thread.cjs')];

// Each test file has modules of its own, and with them its own resting processes and threads.
afterAll(() => {
  endRestingChildren();
  endRestingThreads();
});
