import type { StatusView } from '../../../client/index';
import { statusFrame } from '../status-frame';
import { paint, plain, wrap, type Style } from '../style';
import type { ShownView } from './shown-view';

/** All that stands on the terminal of a follower. */
export interface Screen {
  /** Null: nothing was read yet. */
  readonly view: StatusView | null;
  readonly values: ShownView['values'];
  /** Why nothing can be read right now; null: it can. */
  readonly trouble: string | null;
  /** What became of the keys that were pressed, oldest first. */
  readonly answers: readonly string[];
  /** The keys that may be pressed; empty where nobody can. */
  readonly keys: readonly string[];
}

const INDENT = 11;

export interface Drawing {
  readonly style: Style;
  readonly rows: number;
  readonly nowMs: number;
}

/** Everything where it fits; in a lower terminal, what is over takes one line. Pure. */
export function screenLines(screen: Screen, drawing: Drawing): readonly string[] {
  const whole = linesOf(screen, 'whole', drawing);
  return whole.length < drawing.rows ? whole : linesOf(screen, 'current', drawing);
}

/** What stays when nobody looks on any more. Pure. */
export function finalLines(screen: Screen, drawing: Drawing): readonly string[] {
  return linesOf({ ...screen, keys: [] }, 'whole', drawing);
}

function linesOf(
  { view, values, trouble, answers, keys }: Screen,
  detail: 'whole' | 'current',
  { style, nowMs }: Drawing,
): readonly string[] {
  const shown =
    view === null ? null : { ...view, ...(values === undefined ? {} : { values }), detail };
  const below = [
    ...reconnecting(view, trouble).map((line) => paint(line, 'busy', style)),
    ...answers.map((answer) => ` answer    ${plain(answer)}`),
  ].flatMap((line) => wrap(line, style.columns, INDENT));
  return [...(shown === null ? [] : statusFrame(shown, style, nowMs)), ...below, ...keys];
}

/** No failure: what was read last stays in sight, and it is tried again. */
function reconnecting(view: StatusView | null, trouble: string | null): readonly string[] {
  if (trouble !== null) return [` reconnecting: ${plain(trouble)}`];
  return view !== null && view.source === 'temporal' && view.status.phase !== 'ended'
    ? [' reconnecting to a worker: what it said last stands above']
    : [];
}
