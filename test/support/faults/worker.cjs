'use strict';

// The entry of the process: see worker-main.ts.
require('../typescript.cjs');
require('./worker-main.ts');
