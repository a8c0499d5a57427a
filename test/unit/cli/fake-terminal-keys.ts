import { EventEmitter } from 'node:events';
import type { KeySource, KeyStream } from '../../../src/cli/keys/keyboard';

/** A terminal's keyboard that a test types on. */
export class FakeKeys {
  readonly raised: string[] = [];
  /** Every mode that was set, in order. */
  readonly modes: boolean[] = [];
  isForeground = true;
  /** The terminal was closed: it takes no mode. */
  isGone = false;
  private readonly events = new EventEmitter();
  private readonly input = new EventEmitter();
  private isFlowing = false;

  readonly source: KeySource = {
    stdin: this.stream({ isTTY: true }),
    isForeground: () => this.isForeground,
    raise: (signal) => void this.raised.push(signal),
    onContinued: (listener) => this.listen('continued', listener),
    onExit: (listener) => this.listen('exit', listener),
  };

  /** As one chunk, as the terminal gives it. */
  type(chunk: string): void {
    if (this.isFlowing) this.input.emit('data', Buffer.from(chunk));
  }

  happens(event: 'continued' | 'exit'): void {
    this.events.emit(event);
  }

  get isRaw(): boolean {
    return this.modes.at(-1) ?? false;
  }

  get listeners(): number {
    const inner = this.input.listenerCount('data') + this.input.listenerCount('error');
    return inner + this.events.listenerCount('continued') + this.events.listenerCount('exit');
  }

  stream({ isTTY }: { readonly isTTY: boolean }): KeyStream {
    return {
      isTTY,
      setRawMode: (raw) => {
        if (this.isGone) throw new Error('EIO');
        this.modes.push(raw);
      },
      on: (event: string, listener: (given: never) => void) =>
        this.input.on(event, listener as () => void),
      off: (event: string, listener: (given: never) => void) =>
        this.input.off(event, listener as () => void),
      resume: () => (this.isFlowing = true),
      pause: () => (this.isFlowing = false),
    };
  }

  private listen(event: string, listener: () => void): () => void {
    this.events.on(event, listener);
    return () => void this.events.off(event, listener);
  }
}
