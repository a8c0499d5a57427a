import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactFiles } from '../../src/domain/home-layout';
import { AdminServer } from '../../src/platform/admin/admin-server';
import { Platform, type PlatformOptions } from '../../src/platform/platform';
import { platformSocketPath } from '../../src/platform/socket-path';
import { PlatformClient } from './platform-client';
import { SAMPLE_APP } from './platform-process';

/** The platform with its admin API inside of this process, from source; its instances are processes as ever. */
export class PlatformHere {
  readonly socketPath: string;

  readonly client: PlatformClient;

  private constructor(
    readonly home: string,
    private readonly platform: Platform,
    private readonly admin: AdminServer,
  ) {
    this.socketPath = platformSocketPath(home);
    this.client = new PlatformClient(this.socketPath);
  }

  static async open(options: Pick<PlatformOptions, 'metrics'> = {}): Promise<PlatformHere> {
    const home = mkdtempSync(join(tmpdir(), 'belay-here-'));
    mkdirSync(join(home, 'platform'));
    const admin = new AdminServer();
    await admin.listen(platformSocketPath(home));
    const platform = await Platform.open({ home, ...options });
    admin.serve({ platform, onShutdown: () => undefined });
    return new PlatformHere(home, platform, admin);
  }

  /** Revisions of the sample app, one healthy instance each, the first with all weight; answers the listener's port. */
  async serve(revisions: readonly [string, ...string[]]): Promise<number> {
    const { client } = this;
    await client.claim();
    const port = await client.listen();
    for (const revision of revisions) {
      const files = artifactFiles(this.home, revision);
      mkdirSync(files, { recursive: true });
      cpSync(SAMPLE_APP, files, { recursive: true });
      await client.fleet(revision, { artifact: revision });
      await client.healthy(revision, 1);
    }
    await client.weights({ [revisions[0]]: 100 });
    return port;
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.platform.close('stop');
    this.admin.close();
    rmSync(this.home, { recursive: true, force: true });
  }
}
