import type { Notification } from '../../../domain/monitoring/notification';

/** CloudEvents 1.0, structured JSON (cloudevents.io, JSON format 1.0.2). */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly kind: Notification['kind'];
    readonly severity: Notification['severity'];
    readonly deployment: string;
    readonly service: string;
    readonly environment: string;
    readonly revision: string | null;
    readonly sentence: string;
    readonly next: string | null;
  };
}

export const CLOUD_EVENT_TYPE = 'application/cloudevents+json; charset=utf-8';

export function cloudEventOf(notification: Notification): CloudEvent {
  const { atMs, id, ...data } = notification;
  return {
    specversion: '1.0',
    id,
    source: `/belay/${data.service}/${data.environment}`,
    type: `dev.belay.deployment.${data.kind}`,
    subject: data.deployment,
    time: new Date(atMs).toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}
