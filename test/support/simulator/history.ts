import { temporal } from '@temporalio/proto';
import { toProtoTime } from './sandbox';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** The events of one run as a server would have written them. */
export class History {
  readonly events: HistoryEvent[] = [];

  get length(): number {
    return this.events.length;
  }

  /** `type` as in `ActivityTaskScheduled`; answers the event's id. */
  add(atMs: number, type: string, attributes: Readonly<Record<string, unknown>>): number {
    const eventId = this.events.length + 1;
    const key = `${type[0]?.toLowerCase()}${type.slice(1)}EventAttributes`;
    this.events.push({
      eventId,
      eventTime: toProtoTime(atMs),
      eventType: eventTypeOf(type),
      taskId: eventId,
      [key]: attributes,
    } as unknown as HistoryEvent);
    return eventId;
  }

  asProto(): temporal.api.history.v1.IHistory {
    return { events: this.events };
  }

  /** The lengths of the prefixes that end where a workflow task has just started. */
  taskBoundaries(): readonly number[] {
    return taskBoundariesOf(this.events);
  }
}

/** A history may be replayed up to any workflow task that has started. */
export function taskBoundariesOf(events: readonly HistoryEvent[]): readonly number[] {
  const started = eventTypeOf('WorkflowTaskStarted');
  return events.flatMap(({ eventType }, index) => (eventType === started ? [index + 1] : []));
}

const eventTypes = new Map<string, temporal.api.enums.v1.EventType>();

function eventTypeOf(type: string): temporal.api.enums.v1.EventType {
  const known = eventTypes.get(type);
  if (known !== undefined) return known;
  const name = `EVENT_TYPE${type.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
  const values: Readonly<Record<string, unknown>> = temporal.api.enums.v1.EventType;
  const value = values[name] as temporal.api.enums.v1.EventType | undefined;
  if (value === undefined) throw new Error(`no such event type: ${name}`);
  eventTypes.set(type, value);
  return value;
}
