export function serviceFile(options: {
  readonly service: string;
  readonly environment: string;
  readonly artifact: string;
  readonly port: number;
  readonly label: string;
  readonly strategy: 'canary' | 'blue-green';
}): string;
