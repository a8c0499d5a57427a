import type { EnvironmentRegistration } from '../config/environment-registration';

export interface StartOptions {
  /** Every environment that is registered now. */
  readonly list: () => readonly EnvironmentRegistration[];
  readonly start: (registration: EnvironmentRegistration) => Promise<void>;
  /** Told once for each new reason, however often it is tried. */
  readonly onFailure: (message: string) => void;
  /** Once aborted, nothing more is started. */
  readonly signal: AbortSignal;
}

/** Starts each environment once: a start that failed is tried again at the next look, and keeps no other one back. */
export class EnvironmentStarts {
  private readonly started = new Set<string>();
  private readonly told = new Map<string, string>();
  private looking: Promise<void> | null = null;

  constructor(private readonly options: StartOptions) {}

  /** Starts what is not started yet. During a look, a second one is the same: nothing is started twice. Never rejects. */
  look(): Promise<void> {
    this.looking ??= this.startMissing().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  /** Resolves when no start is in progress. */
  async settled(): Promise<void> {
    await this.looking;
  }

  private async startMissing(): Promise<void> {
    try {
      const missing = this.options
        .list()
        .filter(({ environment }) => !this.started.has(environment));
      await Promise.all(missing.map((registration) => this.start(registration)));
    } catch (error) {
      this.tell('the list of environments', error);
    }
  }

  private async start(registration: EnvironmentRegistration): Promise<void> {
    const { environment } = registration;
    if (this.options.signal.aborted) return;
    try {
      await this.options.start(registration);
      this.started.add(environment);
    } catch (error) {
      this.tell(`environment ${environment}`, error);
    }
  }

  private tell(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.told.get(what) === reason) return;
    this.told.set(what, reason);
    this.options.onFailure(
      `Cannot take up ${what} (${reason}). Its deployments wait and traffic stays as it is; it is tried again.`,
    );
  }
}
