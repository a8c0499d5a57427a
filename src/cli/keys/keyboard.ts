/** The terminal's keys, as main gives them. */
export interface KeySource {
  readonly stdin: KeyStream;
  /** Whoever takes the terminal's keys from the background is stopped by the system. */
  readonly isForeground: () => boolean;
  /** What the terminal itself would have sent. */
  readonly raise: (signal: 'SIGINT' | 'SIGTSTP') => void;
  /** Calls back when it goes on after a stop, until what it answers is called. */
  readonly onContinued: (listener: () => void) => () => void;
  /** Calls back when the process ends, however it does, until what it answers is called. */
  readonly onExit: (listener: () => void) => () => void;
}

export interface KeyStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface KeyListener {
  readonly onKey: (key: string) => void;
  /** It was stopped and goes on: what stands on the terminal is somebody else's. */
  readonly onContinued: () => void;
}

export interface Keyboard {
  /** Gives the terminal back as it was. */
  readonly close: () => void;
}

const CTRL_C = '\u0003';
const CTRL_Z = '\u001a';

/** Single keys as they are pressed; null where there is no terminal to press them on. */
export function openKeyboard(source: KeySource, listener: KeyListener): Keyboard | null {
  const { stdin } = source;
  if (stdin.isTTY !== true || stdin.setRawMode === undefined || !source.isForeground()) return null;
  const hearing = hearKeys(source, (chunk) => {
    if (chunk.includes(CTRL_C)) source.raise('SIGINT');
    else if (chunk === CTRL_Z) stop();
    else if (isOneKey(chunk)) listener.onKey(chunk);
  });
  const stop = (): void => {
    hearing.end();
    source.raise('SIGTSTP');
  };
  const offContinued = source.onContinued(() => {
    if (source.isForeground()) hearing.begin();
    listener.onContinued();
  });
  const offExit = source.onExit(hearing.end);
  hearing.begin();
  return {
    close: () => {
      offContinued();
      offExit();
      hearing.end();
    },
  };
}

interface Hearing {
  readonly begin: () => void;
  readonly end: () => void;
}

function hearKeys({ stdin }: KeySource, hear: (chunk: string) => void): Hearing {
  const onData = (chunk: Buffer | string): void => hear(String(chunk));
  const ignore = (): void => undefined;
  let isOpen = false;
  return {
    begin: () => {
      if (isOpen || !tryRaw(stdin, { raw: true })) return;
      isOpen = true;
      stdin.on('data', onData);
      stdin.on('error', ignore);
      stdin.resume();
    },
    end: () => {
      if (!isOpen) return;
      isOpen = false;
      stdin.off('data', onData);
      tryRaw(stdin, { raw: false });
      stdin.pause();
      stdin.off('error', ignore);
    },
  };
}

/** A terminal that was closed has no mode any more. */
function tryRaw(stdin: KeyStream, { raw }: { readonly raw: boolean }): boolean {
  try {
    stdin.setRawMode?.(raw);
    return true;
  } catch {
    return false;
  }
}

/** What is pasted, and what an arrow or function key sends, is no key: several come at once. */
function isOneKey(chunk: string): boolean {
  return Array.from(chunk).length === 1;
}
