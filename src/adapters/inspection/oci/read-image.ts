import { UnreadableFile, reasonOf } from '../infrastructure/unreadable-file';
import { asList, isProperties } from '../infrastructure/values';
import { descriptorOf, shortName, type Descriptor } from './descriptor';
import type { ImageFiles } from './image-files';
import { readDocument, readIndex } from './read-blob';

/** One platform's image. */
export interface ImageManifest {
  /** `image sha256:0123456789ab` */
  readonly name: string;
  readonly config: ImageConfig;
  /** From the first to the last: later ones cover earlier ones. */
  readonly layers: readonly Descriptor[];
}

export interface ImageConfig {
  readonly user: string;
  /** `NAME=value`; values may be secrets. */
  readonly env: readonly string[];
  readonly ports: readonly string[];
  readonly healthChecked: boolean;
  /** All of it, for the rules about secrets: also the commands that made it. */
  readonly text: string;
}

export interface ImageRead {
  readonly manifests: readonly ImageManifest[];
  /** Documents that could not be read. */
  readonly unread: readonly { readonly name: string; readonly reason: string }[];
}

const MOST_MANIFESTS = 100;
const MOST_LAYERS = 500;
const DEEPEST = 4;

/**
 * The images of a layout, from its index down to what each is made of; the layers themselves are not opened.
 * @throws UnreadableFile where the index cannot be read
 */
export async function readImage(files: ImageFiles): Promise<ImageRead> {
  const manifests: ImageManifest[] = [];
  const unread: { name: string; reason: string }[] = [];
  const seen = new Set<string>();

  async function follow(document: unknown, depth: number): Promise<void> {
    if (depth > DEEPEST)
      throw new UnreadableFile(`its indexes are nested more than ${DEEPEST} deep`);
    for (const value of asList(isProperties(document) ? document['manifests'] : null)) {
      const descriptor = descriptorOf(value);
      if (seen.has(descriptor.digest)) continue;
      seen.add(descriptor.digest);
      if (seen.size > MOST_MANIFESTS)
        throw new UnreadableFile(`it holds more than ${MOST_MANIFESTS} images`);
      await attempt(descriptor, depth);
    }
  }

  async function attempt(descriptor: Descriptor, depth: number): Promise<void> {
    const name = `image ${shortName(descriptor)}`;
    try {
      const document = await readDocument(files, descriptor);
      if (isProperties(document) && document['manifests'] !== undefined)
        await follow(document, depth + 1);
      else manifests.push(await manifestOf(files, name, document));
    } catch (error) {
      unread.push({ name, reason: reasonOf(error) });
    }
  }

  const index = await readIndex(files);
  if (!isProperties(index) || asList(index['manifests']).length === 0)
    throw new UnreadableFile('its index names no image');
  await follow(index, 0);
  return { manifests, unread };
}

async function manifestOf(
  files: ImageFiles,
  name: string,
  document: unknown,
): Promise<ImageManifest> {
  if (!isProperties(document)) throw new UnreadableFile('its manifest is none');
  const layers = asList(document['layers']).map(descriptorOf);
  if (layers.length > MOST_LAYERS)
    throw new UnreadableFile(`it has more than ${MOST_LAYERS} layers`);
  const config = await readDocument(files, descriptorOf(document['config']));
  return { name, layers, config: configOf(config) };
}

function configOf(document: unknown): ImageConfig {
  const text = JSON.stringify(document, null, 1);
  const config =
    isProperties(document) && isProperties(document['config']) ? document['config'] : {};
  const user = config['User'];
  const check = config['Healthcheck'];
  return {
    user: typeof user === 'string' ? user : '',
    env: asList(config['Env']).filter((one) => typeof one === 'string'),
    ports: isProperties(config['ExposedPorts']) ? Object.keys(config['ExposedPorts']) : [],
    healthChecked: isProperties(check) && asList(check['Test'])[0] !== 'NONE',
    text,
  };
}
