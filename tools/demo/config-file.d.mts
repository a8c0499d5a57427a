export function configFile(options: {
  readonly artifact: string;
  readonly port: number;
  readonly environment: string;
  readonly scenario: string;
  readonly strategy: string;
  readonly approver?: string;
}): string;
