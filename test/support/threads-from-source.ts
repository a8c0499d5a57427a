import { join } from 'node:path';
import { threadOptions } from '../../src/adapters/inspection/thread-options';

threadOptions.extension = '.ts';
threadOptions.execArgv = ['--require', join(__dirname, 'typescript-thread.cjs')];
