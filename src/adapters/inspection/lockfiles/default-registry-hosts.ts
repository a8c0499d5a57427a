import { createHash } from 'node:crypto';
import type { Ecosystem } from '../../../domain/checks/component';

/**
 * The hosts of each ecosystem's public registry, as sha256 of the name: this list can be compared with, and nothing in it
 * can be mistaken for an address to ask. A tree cannot add to it; other hosts are the configuration's to allow.
 */
const HOSTS: Readonly<Record<Ecosystem, ReadonlySet<string>>> = {
  npm: new Set([
    '0dc11026ac75c015aaa1deafff4a7a54ef6d0cf6b3c7f9b1d2c8f3502929aa9e',
    '70bb4000cd2fab03af01fed086c6bf3c2c970f8b8b8001c311028ec3b80e775a',
  ]),
  PyPI: new Set([
    'a4aa2ac280bb8d1a0ce7a1be5a7bfb10292b49fe9435ad5cff19f421f3c70e41',
    'c899567ee906851741bf7f3bde17a33777859ff9f53ff54d6f0ea54cf31ad636',
  ]),
};

export function isDefaultRegistryHost(ecosystem: Ecosystem, host: string): boolean {
  return HOSTS[ecosystem].has(createHash('sha256').update(host.toLowerCase()).digest('hex'));
}
