import type { Finding } from '../../../../domain/checks/finding';
import type { SkippedTarget } from '../../../../domain/checks/scan-report';
import { reasonOf } from '../../../inspection/infrastructure/unreadable-file';
import { shortName, type Descriptor } from '../../../inspection/oci/descriptor';
import type { ImageFiles } from '../../../inspection/oci/image-files';
import type { LayerLimits } from '../../../inspection/oci/layer-limits';
import { openBlob } from '../../../inspection/oci/read-blob';
import { readImage, type ImageManifest } from '../../../inspection/oci/read-image';
import { readLayer } from '../../../inspection/oci/read-layer';
import type { WindowRules } from '../../../inspection/secret-rules/secret-rules';
import { textWindows } from '../../../inspection/secret-rules/text-window';
import { configFindings } from './config-findings';
import { LayerInspection } from './inspect-layer';
import type { LayerFacts } from './layer-facts';
import { layerFindings } from './layer-findings';

export interface ImageOrder {
  /** Relative path of the layout's folder or archive. */
  readonly path: string;
  readonly files: ImageFiles;
  readonly limits: LayerLimits;
  readonly key: Uint8Array;
  readonly rules: WindowRules;
  readonly progress: (current: string) => void;
}

/** Targets are the images of the layout and their layers. */
export interface ImageScan {
  readonly covered: number;
  readonly skipped: readonly SkippedTarget[];
  readonly findings: readonly Finding[];
}

/** Looks at every image of a layout, without unpacking any. What cannot be read is skipped and named. */
export async function scanImage(order: ImageOrder): Promise<ImageScan> {
  const skipped: SkippedTarget[] = [];
  const skip = (name: string, reason: string, allowed = false): void => {
    skipped.push({ target: name === '' ? order.path : `${order.path} ${name}`, reason, allowed });
  };
  try {
    const { manifests, unread } = await readImage(order.files);
    for (const { name, reason } of unread) skip(name, reason);
    const layers = await layersOf(manifests, order, skip);
    const findings: Finding[] = [];
    for (const manifest of manifests) findings.push(...(await findingsOf(manifest, layers, order)));
    return { covered: manifests.length + layers.size, skipped, findings };
  } catch (error) {
    skip('', reasonOf(error));
    return { covered: 0, skipped, findings: [] };
  }
}

type Skip = (name: string, reason: string, allowed?: boolean) => void;

/** Each layer once, however many images share it. */
async function layersOf(
  manifests: readonly ImageManifest[],
  order: ImageOrder,
  skip: Skip,
): Promise<ReadonlyMap<string, LayerFacts>> {
  const budget = { bytes: order.limits.bytes, entries: order.limits.entries };
  const seen = new Set<string>();
  const layers = new Map<string, LayerFacts>();
  for (const layer of manifests.flatMap((manifest) => manifest.layers)) {
    if (seen.has(layer.digest)) continue;
    seen.add(layer.digest);
    const name = layerName(layer);
    if (isStatement(layer)) {
      skip(name, 'it is a statement about the image and no part of it', true);
      continue;
    }
    const inspection = new LayerInspection({ image: order.path, layer: name }, order.rules);
    try {
      await readLayer({
        packed: openBlob(order.files, layer),
        packedBytes: layer.size,
        limits: order.limits,
        budget,
        visit: (entry) => inspection.visit(entry),
        progress: () => order.progress(`${order.path} ${name}`),
      });
      layers.set(layer.digest, inspection.facts());
      for (const { reason, allowed } of inspection.leftOut(name)) skip(name, reason, allowed);
    } catch (error) {
      skip(name, reasonOf(error));
    }
  }
  return layers;
}

function layerName(layer: Descriptor): string {
  return `layer ${shortName(layer)}`;
}

/** Provenance and bills of material, which builders store beside images. */
function isStatement({ mediaType }: Descriptor): boolean {
  return mediaType === 'application/vnd.in-toto+json';
}

async function findingsOf(
  manifest: ImageManifest,
  layers: ReadonlyMap<string, LayerFacts>,
  { path, key, rules }: ImageOrder,
): Promise<readonly Finding[]> {
  const read = manifest.layers.flatMap((layer) => {
    const facts = layers.get(layer.digest);
    return facts === undefined ? [] : [{ name: layerName(layer), facts }];
  });
  if (manifest.layers.length > 0 && manifest.layers.every(isStatement)) return [];
  return [
    ...layerFindings(read, { image: path, key }),
    ...configFindings(manifest.config, { image: path, manifest: manifest.name, key }),
    ...(await secretsOfConfig(manifest, path, rules)),
  ];
}

/** Variables, and the commands that made the image. */
async function secretsOfConfig(
  { config, name }: ImageManifest,
  path: string,
  rules: WindowRules,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const window of textWindows([config.text])) {
    for (const finding of await rules(`${path}!config.json`, window))
      findings.push({
        ...finding,
        scanner: 'container',
        location: { path, line: null, resource: name },
      });
  }
  return findings;
}
