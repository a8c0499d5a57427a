import type { Notification, NotificationChannel } from '../domain/monitoring/notification';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';

export interface NotifyInput {
  readonly notification: Notification;
  readonly channels: readonly NotificationChannel[];
}

export interface NotifyActivities {
  /** Hands the notification over; delivery goes on without the deployment. */
  notify(input: NotifyInput): Promise<void>;
}

export function createNotifyActivities({ notifier }: ActivityDependencies): NotifyActivities {
  return {
    notify: asActivity(({ notification, channels }, { signal }) =>
      notifier.notify(notification, channels, signal),
    ),
  };
}
