import type { StatusView } from '../client/index';
import type { FollowScreen } from './live-screen';
import { progressLines, stamped } from './output/progress-lines';
import type { Terminal } from './output/terminal';

/** CI systems end jobs that say nothing. */
const HEARTBEAT_MS = 60_000;

/** One line for each change, where nothing is ever rewritten. */
export function openLineScreen(terminal: Terminal, sinceMs: number): FollowScreen {
  let before: StatusView | null = null;
  let troubled = false;
  let spokeAtMs = Date.now();
  const say = (line: string): void => {
    terminal.progress(line);
    spokeAtMs = Date.now();
  };
  return {
    show: (view) => {
      const nowMs = Date.now();
      if (troubled) say(stamped('reconnected', nowMs));
      troubled = false;
      progressLines(before, view, { nowMs, sinceMs }).forEach(say);
      if (nowMs - spokeAtMs >= HEARTBEAT_MS) say(stamped(stillLine(view), nowMs));
      before = view;
    },
    trouble: (message) => {
      if (!troubled) say(stamped(`reconnecting "${message}"`, Date.now()));
      troubled = true;
    },
    end: () => undefined,
  };
}

function stillLine({ status }: StatusView): string {
  const step = status.step === null ? '' : ` step=${status.step}`;
  return `still phase=${status.phase}${step}`;
}
