import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { nodeCheck } from '../../../src/cli/commands/doctor';
import { belayHome } from '../../../src/config/belay-home';

const root = join(__dirname, '../../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const text = read('Dockerfile');
const { bin } = JSON.parse(read('package.json')) as { readonly bin: { readonly belay: string } };
/** The last `WORKDIR`: where everything lies in the image. */
const folder =
  text
    .match(/^WORKDIR (.+)$/gm)
    ?.at(-1)
    ?.replace('WORKDIR ', '') ?? '';

describe('the Dockerfile', () => {
  it('builds and runs on one version of Node, which is the one of .nvmrc and which Belay accepts', () => {
    const versions = [...text.matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version);
    expect(versions).toHaveLength(2);
    const [version = '', other] = versions;
    expect(other).toBe(version);
    expect(version.split('.')).toHaveLength(3);
    expect(version.startsWith(`${read('.nvmrc').trim()}.`)).toBe(true);
    expect(nodeCheck(version).ok).toBe(true);
  });

  it('starts the command that the package has', () => {
    expect(text).toContain(`ln -s ${folder}/${bin.belay} /usr/local/bin/belay`);
    expect(text).toContain(`chmod +x ${bin.belay}`);
    expect(text).toContain('ENTRYPOINT ["belay"]');
  });

  it('keeps its state in a volume that is the home, and belongs to who runs it', () => {
    const env = Object.fromEntries(
      [...text.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const home = belayHome({ env, homedir: '/nowhere' });
    expect(text).toMatch(new RegExp(`^VOLUME ${home}$`, 'm'));
    expect(text).toContain(`chown node:node ${home}`);
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { environment: Record<string, string> }>;
    };
    const inCompose = services['worker']?.environment ?? {};
    expect(belayHome({ env: inCompose, homedir: '/nowhere' })).toBe(home);
  });

  it("carries what the worker's health check runs", () => {
    const [, path = ''] = /node, (\S+\.mjs)/.exec(read('docker-compose.yml')) ?? [];
    expect(path.startsWith(`${folder}/tools/`)).toBe(true);
    expect(text).toContain(`COPY --from=build ${folder}/tools tools`);
    expect(existsSync(join(root, path.slice(folder.length + 1)))).toBe(true);
  });
});
