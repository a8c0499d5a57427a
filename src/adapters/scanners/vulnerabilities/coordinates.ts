import type { Component } from '../../../domain/checks/component';
import type { Coordinate } from '../../../ports/advisory-source';
import { coordinateKey } from '../../coordinate-key';

/** Each version of each package once, however often and wherever it is locked. */
export function coordinatesOf(components: readonly Component[]): readonly Coordinate[] {
  const distinct = new Map<string, Coordinate>();
  for (const { ecosystem, name, version } of components) {
    const coordinate = { ecosystem, name, version };
    distinct.set(coordinateKey(coordinate), coordinate);
  }
  return [...distinct.values()];
}
