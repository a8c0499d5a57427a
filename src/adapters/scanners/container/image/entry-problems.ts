import type { LayerEntry } from '../../../inspection/oci/layer-entry';
import type { ContainerRule } from '../container-finding';
import { plainPath } from './layer-facts';

/** An entry that tries to reach out of the image when it is unpacked, or that has no place in one. */
export interface EntryProblem {
  readonly rule: ImageEntryRule;
  readonly path: string;
}

export interface ImageEntryRule extends ContainerRule {
  readonly title: string;
}

export const ENTRY_RULES = {
  escapingPath: {
    id: 'image/escaping-path',
    severity: 'high',
    title: 'A path in a layer leads out of the image',
    fix: 'Build the image again with a tool that you trust.',
  },
  absolutePath: {
    id: 'image/absolute-path',
    severity: 'medium',
    title: 'A path in a layer begins at the root of whoever unpacks it',
    fix: 'Build the image again with a tool that writes relative paths.',
  },
  escapingLink: {
    id: 'image/escaping-link',
    severity: 'high',
    title: 'A link in a layer leads out of the image',
    fix: 'Build the image again without the link.',
  },
  device: {
    id: 'image/device-file',
    severity: 'medium',
    title: 'A layer holds a device file',
    fix: 'Build the image again without the device; the runtime provides those that are needed.',
  },
} satisfies Readonly<Record<string, ImageEntryRule>>;

export function problemsOf({ header }: LayerEntry): readonly ImageEntryRule[] {
  const { name, type } = header;
  const found: ImageEntryRule[] = [];
  if (escapes(name)) found.push(ENTRY_RULES.escapingPath);
  else if (name.startsWith('/')) found.push(ENTRY_RULES.absolutePath);
  if (type === 'character-device' || type === 'block-device') found.push(ENTRY_RULES.device);
  if (linksOut(header)) found.push(ENTRY_RULES.escapingLink);
  return found;
}

function linksOut({ name, type, linkname }: LayerEntry['header']): boolean {
  if (type === 'link') return escapes(linkname ?? '');
  return type === 'symlink' && leadsOut(name, linkname ?? '');
}

function escapes(path: string): boolean {
  return path.includes('\0') || path.split(/[/\\]/).includes('..');
}

/** An absolute target is one of the image; a relative one may climb as high as the image's root, and no higher. */
function leadsOut(name: string, target: string): boolean {
  if (target.includes('\0')) return true;
  let level = target.startsWith('/') ? 0 : plainPath(name).split('/').length - 1;
  for (const part of plainPath(target).split('/')) {
    level += part === '..' ? -1 : 1;
    if (level < 0) return true;
  }
  return false;
}
