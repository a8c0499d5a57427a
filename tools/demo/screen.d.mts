import type { Frame } from './frame.mjs';

export interface Screen {
  say(text: string): void;
  print(lines: readonly string[]): void;
  draw(): void;
  end(): void;
}

export function openScreen(options: {
  readonly stream: {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
  };
  readonly frame: () => Frame | null;
  readonly now?: () => number;
}): Screen;
