export const TERMS: string;
export function serviceFile(options: {
  readonly service: string;
  readonly environment: string;
  readonly artifact: string;
  readonly port: number;
  readonly label: string;
  readonly block: string;
}): string;
