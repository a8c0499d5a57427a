import type { History } from './history';
import { decode, encodeAll, type Failure } from './payloads';
import type { ActivationJob, WorkflowCommand } from './sandbox';

export type UpdateState =
  | { readonly kind: 'sent' | 'accepted' }
  | { readonly kind: 'completed'; readonly result: unknown }
  | { readonly kind: 'rejected'; readonly failure: Failure };

interface Update {
  readonly request: { readonly meta: object; readonly input: object };
  acceptedEventId: number;
  state: UpdateState;
}

/** The updates of one run and what became of them. */
export class UpdateDesk {
  private readonly updates = new Map<string, Update>();

  constructor(private readonly history: History) {}

  stateOf(id: string): UpdateState | null {
    return this.updates.get(id)?.state ?? null;
  }

  request(id: string, name: string, args: readonly unknown[]): ActivationJob {
    const payloads = encodeAll(args);
    const meta = { updateId: id, identity: 'simulator' };
    const request = { meta, input: { name, args: { payloads } } };
    this.updates.set(id, { request, acceptedEventId: 0, state: { kind: 'sent' } });
    return {
      doUpdate: {
        id,
        protocolInstanceId: id,
        name,
        input: payloads,
        meta,
        runValidator: true,
        headers: {},
      },
    };
  }

  respond(response: NonNullable<WorkflowCommand['updateResponse']>, atMs: number): void {
    const id = response.protocolInstanceId ?? '';
    const update = this.updates.get(id);
    if (update === undefined) throw new Error(`an answer to the unknown update ${id}`);
    if (response.accepted) {
      update.state = { kind: 'accepted' };
      update.acceptedEventId = this.history.add(atMs, 'WorkflowExecutionUpdateAccepted', {
        protocolInstanceId: id,
        acceptedRequestMessageId: `${id}/request`,
        acceptedRequestSequencingEventId: this.lastTaskScheduled(),
        acceptedRequest: update.request,
      });
    } else if (response.completed) {
      update.state = { kind: 'completed', result: decode(response.completed) };
      this.close(update, { success: { payloads: [response.completed] } }, atMs);
    } else {
      const failure = response.rejected ?? {};
      update.state = { kind: 'rejected', failure };
      if (update.acceptedEventId > 0) this.close(update, { failure }, atMs);
    }
  }

  private close({ request, acceptedEventId }: Update, outcome: object, atMs: number): void {
    const attributes = { meta: request.meta, outcome, acceptedEventId };
    this.history.add(atMs, 'WorkflowExecutionUpdateCompleted', attributes);
  }

  private lastTaskScheduled(): number {
    const { events } = this.history;
    const index = events.findLastIndex((event) => event.workflowTaskScheduledEventAttributes);
    return index + 1;
  }
}
