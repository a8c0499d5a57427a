import type { Coordinate } from '../ports/advisory-source';

export function coordinateKey({ ecosystem, name, version }: Coordinate): string {
  return `${ecosystem} ${name} ${version}`;
}
