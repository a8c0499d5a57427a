import { formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import type { ArmWindow } from '../analysis/window';
import type { MonitorScene } from './monitor-scene';
import { lookBack } from './monitor-view';
import type { MonitorView } from './monitor-view';
import { onProbes } from './on-probes';
import type { Basis } from './on-probes';
import { USUAL_SPAN_MS } from './usual-span';

/** A view of requests: of users, or of probes where users are too few. */
export interface RequestView extends MonitorView {
  readonly basis: Basis;
  /** Of the candidate, on this basis. */
  readonly requests: number;
  /** What users sent, whatever the basis. */
  readonly users: MonitorView;
  /** What a reader should know of the basis. */
  readonly notes: readonly string[];
}

const LONGEST_SPAN_MS = 300_000;
/** With fewer requests a share says nothing. */
export const FEWEST_REQUESTS = 20;

/**
 * Requests of the last minute. Where that is too few, the probes of the same minute; where those are too few as well, as
 * much of the last five minutes as it is.
 */
export function lookAtRequests(scene: MonitorScene): RequestView {
  const lately = lookBack(scene, USUAL_SPAN_MS);
  return enoughOf(lately) ?? enoughOrNot(lookBack(scene, LONGEST_SPAN_MS));
}

function enoughOf(view: MonitorView): RequestView | null {
  const isEnough = ({ requests }: RequestView): boolean => requests >= FEWEST_REQUESTS;
  return [ofUsers(view), ofProbes(view)].find(isEnough) ?? null;
}

function enoughOrNot(view: MonitorView): RequestView {
  return enoughOf(view) ?? tooFew(ofUsers(view));
}

function ofUsers(view: MonitorView): RequestView {
  const requests = requestsOf(view.candidate);
  return { ...view, basis: 'users', requests, users: view, notes: [] };
}

function ofProbes(view: MonitorView): RequestView {
  const candidate = onProbes(view.candidate);
  const userRequests = requestsOf(view.candidate);
  const few = `: ${formatCounted(userRequests, 'request')} of users would say nothing`;
  return {
    ...view,
    candidate,
    stable: onProbes(view.stable),
    basis: 'probes',
    requests: requestsOf(candidate),
    users: view,
    notes: [`Probes only, no user traffic${userRequests === 0 ? '' : few}.`],
  };
}

function tooFew(view: RequestView): RequestView {
  const { requests, spanMs } = view;
  if (view.candidate.length === 0) return view;
  const seen = `${formatCounted(requests, 'request')} in the last ${formatDuration(spanMs)}`;
  return { ...view, notes: [`${seen}: fewer than ${FEWEST_REQUESTS} say nothing.`] };
}

/** Of all windows together. */
export function requestsOf(windows: readonly ArmWindow[]): number {
  return windows.reduce((sum, { requests }) => sum + requests, 0);
}
