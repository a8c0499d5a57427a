'use strict';

/** The smallest service: a hundred of them, each in two revisions, are to fit into one machine. */

const http = require('node:http');

const server = http.createServer({ keepAliveTimeout: 80_000 }, (_request, response) => {
  response.setHeader('content-type', 'text/plain');
  response.end('ok\n');
});
process.once('SIGTERM', () => process.exit(0));
server.listen(Number(process.env.PORT), process.env.HOST ?? '127.0.0.1');
