import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

export interface LayerFile extends Partial<Omit<Header, 'name'>> {
  readonly name: string;
  readonly content?: string | Uint8Array;
}

export interface OciImage {
  /** Files of the layout by their names in it. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** The digest of each layer, from the first to the last. */
  readonly layers: readonly string[];
}

export interface OciConfig {
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
}

/** A small image layout, made by hand. A layer is given by its files, or by its packed bytes. */
export async function ociImage(
  layers: readonly (readonly LayerFile[] | Uint8Array)[],
  config: OciConfig = {},
): Promise<OciImage> {
  const files: Record<string, Buffer> = {};
  const add = (content: Uint8Array, mediaType: string): Descriptor => {
    const digest = createHash('sha256').update(content).digest('hex');
    files[`blobs/sha256/${digest}`] = Buffer.from(content);
    return {
      mediaType: `application/vnd.oci.image.${mediaType}`,
      digest: `sha256:${digest}`,
      size: content.length,
    };
  };
  const described: Descriptor[] = [];
  for (const layer of layers)
    described.push(
      add(layer instanceof Uint8Array ? layer : gzipSync(await tarOf(layer)), 'layer.v1.tar+gzip'),
    );
  const configuration = json({ architecture: 'amd64', os: 'linux', config });
  const manifest = json({
    schemaVersion: 2,
    config: add(configuration, 'config.v1+json'),
    layers: described,
  });
  files['index.json'] = json({ schemaVersion: 2, manifests: [add(manifest, 'manifest.v1+json')] });
  files['oci-layout'] = json({ imageLayoutVersion: '1.0.0' });
  return { files, layers: described.map(({ digest }) => digest) };
}

/** The layout as one tar file, as `skopeo copy` writes it. */
export function ociArchive({ files }: OciImage): Promise<Buffer> {
  return tarOf(Object.entries(files).map(([name, content]) => ({ name, content })));
}

export async function tarOf(files: readonly LayerFile[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = '', ...header } of files) tar.entry(header, Buffer.from(content));
  tar.finalize();
  return buffer(tar);
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
