export function configFile(options: {
  readonly artifact: string;
  readonly port: number;
  readonly environment: string;
  readonly approver?: string;
}): string;
