import { createHash } from 'node:crypto';
import { symlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { createContainerScanner } from '../../../src/adapters/scanners/container/container-scanner';
import { LAYER_LIMITS, type LayerLimits } from '../../../src/adapters/inspection/oci/layer-limits';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { ociArchive, ociImage, tarOf, type OciImage } from '../../support/oci-image';
import { patient, scannedFolder, type ScannedFile } from '../../support/scanned-folder';

const fingerprintKey = Buffer.alloc(32, 7);

async function scan(
  files: Readonly<Record<string, ScannedFile>>,
  limits: Partial<LayerLimits> = {},
): Promise<ScanReport> {
  const folder = await scannedFolder(files);
  try {
    const scanner = createContainerScanner({
      fingerprintKey,
      limits: { ...LAYER_LIMITS, ...limits },
    });
    return await scanner.scan(folder.subject(), patient());
  } finally {
    await folder.remove();
  }
}

function layout(files: OciImage['files']): Readonly<Record<string, ScannedFile>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      `image/${name}`,
      { kind: name === 'oci-layout' ? 'oci-layout' : 'binary', content },
    ]),
  );
}

/** Another content under the same name. */
function changed(
  { files }: OciImage,
  digest: string,
  change: (content: Buffer) => Buffer | null,
): OciImage['files'] {
  const name = `blobs/${digest.replace(':', '/')}`;
  const content = change(files[name]!);
  const { [name]: _, ...others } = files;
  return content === null ? others : { ...others, [name]: content };
}

function expectHole(report: ScanReport, reason: string): void {
  expect(report.status).toBe('partial');
  expect(report.covered).toBeLessThan(report.total);
  expect(report.skipped.filter(({ allowed }) => !allowed)).toMatchObject([
    { reason: expect.stringContaining(reason) as string },
  ]);
}

/** A tar file of one file of zeros, packed: a thousand times smaller. */
function bomb(bytes: number): Promise<Buffer> {
  const header = Buffer.alloc(512);
  header.write('zeros', 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write('ustar\0', 257);
  header.write('00', 263);
  header.write('0', 156);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const zeros = Buffer.alloc(1_000_000);
  function* content(): Generator<Buffer> {
    yield header;
    for (let left = bytes; left > 0; left -= zeros.length) yield zeros;
  }
  return buffer(Readable.from(content()).pipe(createGzip({ level: constants.Z_BEST_SPEED })));
}

describe('the container scanner, on images that are wrong', () => {
  it('ends a gzip bomb early, quickly and with little memory', async () => {
    const image = await ociImage([await bomb(1_000_000_000)]);
    const before = process.memoryUsage.rss();
    const begun = process.cpuUsage();
    const report = await scan(layout(image.files));
    const { user, system } = process.cpuUsage(begun);

    expectHole(report, 'times its packed size');
    // Not by the clock, which also counts what else the machine does.
    expect((user + system) / 1_000).toBeLessThan(10_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(400_000_000);
  }, 120_000);

  it('ends an image that unpacks to more than its bound', async () => {
    const image = await ociImage([[{ name: 'a', content: 'abc'.repeat(100_000) }]]);
    expectHole(await scan(layout(image.files), { bytes: 100_000 }), 'more than 100000 bytes');
  });

  it('ends an image of more files than its bound', async () => {
    const names = Array.from({ length: 30 }, (_, index) => ({ name: `f${index}` }));
    const image = await ociImage([names]);
    expectHole(await scan(layout(image.files), { entries: 20 }), 'more than 20 files');
  });

  it.each([
    { of: 'deep', name: 'a/'.repeat(200) + 'b' },
    { of: 'long', name: 'a'.repeat(5_000) },
  ])('ends a layer with a path that is too $of', async ({ name }) => {
    expectHole(await scan(layout((await ociImage([[{ name }]])).files)), 'longer or deeper');
  });

  it('does not take a blob whose bytes are not what its name says', async () => {
    const image = await ociImage([[{ name: 'a', content: 'hello' }]]);
    const files = changed(image, image.layers[0]!, (content) => {
      const other = Buffer.from(content);
      other[other.length - 6]! ^= 1;
      return other;
    });
    const report = await scan(layout(files));
    expect(report.status).toBe('partial');
    expect(report.skipped).toMatchObject([{ allowed: false }]);
  });

  it('does not take a layer in plain tar whose bytes are not what its name says', async () => {
    const image = await ociImage([await tarOf([{ name: 'a', content: 'hello' }])]);
    const files = changed(image, image.layers[0]!, (content) =>
      Buffer.from(content.toString('latin1').replace('hello', 'HELLO'), 'latin1'),
    );
    expectHole(await scan(layout(files)), 'not what its digest says');
  });

  it('misses a blob that is missing', async () => {
    const image = await ociImage([[{ name: 'a', content: 'hello' }]]);
    expectHole(await scan(layout(changed(image, image.layers[0]!, () => null))), 'missing');
  });

  it('misses a layer that is cut off', async () => {
    const whole = gzipSync(await tarOf([{ name: 'a', content: 'abc'.repeat(100_000) }]));
    const image = await ociImage([whole.subarray(0, whole.length / 2)]);
    expectHole(await scan(layout(image.files)), 'damaged or cut off');
  });

  it('misses a layer that is cut off in plain tar', async () => {
    const whole = await tarOf([{ name: 'a', content: 'abc'.repeat(100_000) }]);
    const image = await ociImage([whole.subarray(0, 100_000)]);
    expectHole(await scan(layout(image.files)), 'damaged or cut off');
  });

  it('says that it does not read zstd', async () => {
    const image = await ociImage([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0])]);
    expectHole(await scan(layout(image.files)), 'zstd');
  });

  it('opens nothing by a digest that is a path', async () => {
    const { files } = await ociImage([[{ name: 'a' }]]);
    const index = Buffer.from(
      JSON.stringify({ manifests: [{ digest: 'sha256:../../../../etc/passwd', size: 10 }] }),
    );
    expectHole(await scan(layout({ ...files, 'index.json': index })), 'no digest');
  });

  it('does not follow a link that took the place of a blob', async () => {
    const image = await ociImage([[{ name: 'a', content: 'hello' }]]);
    const folder = await scannedFolder(layout(image.files));
    try {
      const blob = join(folder.root, 'image/blobs', image.layers[0]!.replace(':', '/'));
      await rm(blob);
      await symlink('/etc/hostname', blob);
      const report = await createContainerScanner({ fingerprintKey }).scan(
        folder.subject(),
        patient(),
      );
      expect(report.status).toBe('partial');
    } finally {
      await folder.remove();
    }
  });

  it.each([
    { of: 'that is no JSON', index: '{"manifests":' },
    { of: 'that names no image', index: '{"manifests":[]}' },
    { of: 'that is nested', index: '['.repeat(50_000) },
    { of: 'that refers to nothing', index: '{"manifests":[7]}' },
  ])('is partial for an index $of', async ({ index }) => {
    const { files } = await ociImage([[{ name: 'a' }]]);
    const report = await scan(layout({ ...files, 'index.json': Buffer.from(index) }));
    expect(report).toMatchObject({ status: 'partial', covered: 0, total: 1 });
  });

  it('ends indexes that lead to indexes', async () => {
    let { files } = await ociImage([[{ name: 'a' }]]);
    for (let level = 0; level < 10; level += 1) {
      const content = files['index.json']!;
      const digest = createHash('sha256').update(content).digest('hex');
      const manifests = [{ digest: `sha256:${digest}`, size: content.length }];
      files = {
        ...files,
        [`blobs/sha256/${digest}`]: content,
        'index.json': Buffer.from(JSON.stringify({ manifests })),
      };
    }
    expectHole(await scan(layout(files)), 'nested more than');
  });

  it('is partial for an archive that ends early', async () => {
    const archive = await ociArchive(await ociImage([[{ name: 'a', content: 'hello' }]]));
    const content = archive.subarray(0, 700);
    const report = await scan({ 'web.tar': { kind: 'archive', content } });
    expect(report).toMatchObject({ status: 'partial', covered: 0 });
  });

  it('says that it does not read what an old docker save wrote', async () => {
    const content = await tarOf([
      { name: 'manifest.json', content: '[]' },
      { name: 'repositories', content: '{}' },
    ]);
    expectHole(await scan({ 'old.tar': { kind: 'archive', content } }), 'old format');
  });

  it('says that it does not read an image in a packed tar file', async () => {
    const content = gzipSync(await ociArchive(await ociImage([[{ name: 'a', content: 'hello' }]])));
    expectHole(await scan({ 'web.tar.gz': { kind: 'archive', content } }), 'packed tar file');
  });

  it('has nothing to look at in an archive that holds no image', async () => {
    const content = await tarOf([{ name: 'readme.txt', content: 'hello' }]);
    const report = await scan({ 'a.tar': { kind: 'archive', content } });
    expect(report).toMatchObject({
      status: 'not-applicable',
      skipped: [{ target: 'a.tar', allowed: true }],
    });
  });

  it('ends soon after nobody wants to know any more', async () => {
    const image = await ociImage([await bomb(300_000_000)]);
    const folder = await scannedFolder(layout(image.files));
    const controller = new AbortController();
    try {
      const scanning = createContainerScanner({ fingerprintKey }).scan(
        folder.subject(),
        patient(controller.signal),
      );
      controller.abort(new Error('nobody wants to know'));
      await expect(scanning).rejects.toThrow('nobody wants to know');
    } finally {
      await folder.remove();
    }
  });
});
