import type { Criteria } from './criteria.mjs';

export function serviceFile(options: {
  readonly service: string;
  readonly environment: string;
  readonly artifact: string;
  readonly port: number;
  readonly label: string;
  readonly fault: string;
  readonly seed: number;
  readonly criteria: Criteria;
  readonly strategy: 'canary' | 'blue-green';
}): string;
