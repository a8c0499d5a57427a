import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { DeploymentRequest } from '../domain/deployment';
import type { LedgerClosing, LedgerOpening } from '../domain/ledger-record';
import type { Revision } from '../domain/revision';
import type { RunRef } from './temporal-runs';

/** What the history of a run of `deploy` holds of its ledger record; null: it never came to that. */
export interface RunHistory {
  readonly request: DeploymentRequest | null;
  readonly opening: LedgerOpening | null;
  readonly closing: LedgerClosing | null;
  readonly candidate: Revision | null;
}

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Payload = temporal.api.common.v1.IPayload;

/** Reads what the run asked its workers to do: an input is recorded whether the activity succeeded or not. */
export async function readRunHistory(
  client: Client,
  { workflowId, runId }: RunRef,
): Promise<RunHistory> {
  const handle = client.workflow.getHandle(workflowId, runId ?? undefined);
  const { events } = await handle.fetchHistory();
  return historyOf(events ?? [], (payload) =>
    client.options.loadedDataConverter.payloadConverter.fromPayload(payload),
  );
}

/** Pure. The last of several inputs counts. */
export function historyOf(
  events: readonly HistoryEvent[],
  decode: (payload: Payload) => unknown,
): RunHistory {
  const inputsOf = (activity: string): readonly Payload[] =>
    events
      .map(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled)
      .filter((scheduled) => scheduled?.activityType?.name === activity)
      .flatMap((scheduled) => scheduled?.input?.payloads?.slice(0, 1) ?? []);
  const last = (payloads: readonly Payload[]): unknown => {
    const payload = payloads.at(-1);
    return payload === undefined ? null : decode(payload);
  };
  const started = events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const closed = last(inputsOf('closeRecord')) as { readonly closing: LedgerClosing } | null;
  const planned = last(inputsOf('assembleRollout')) as { readonly revision: Revision } | null;
  return {
    request: last(started.slice(0, 1)) as DeploymentRequest | null,
    opening: last(inputsOf('openRecord')) as LedgerOpening | null,
    closing: closed?.closing ?? null,
    candidate: planned?.revision ?? null,
  };
}
