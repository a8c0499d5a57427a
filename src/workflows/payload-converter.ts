import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

/** What stands in for a payload that nobody could read. */
export interface Unreadable {
  readonly belayUnreadable: true;
  readonly problem: string;
}

/**
 * Never throws: a signal sent by hand with an unknown encoding was seen to wedge a run for good. What cannot be read
 * becomes a marker, which the decision loop records.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload: ((payload: Payload): unknown => {
    try {
      return defaultPayloadConverter.fromPayload(payload);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { belayUnreadable: true, problem: problem.slice(0, 200) } satisfies Unreadable;
    }
  }) as PayloadConverter['fromPayload'],
};
