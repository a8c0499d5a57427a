import { once } from 'node:events';
import { Socket } from 'node:net';
import { WaitingRoom } from '../../../src/platform/router/waiting-room';
import { pause } from '../../support/until';

let waits: number[] = [];

beforeEach(() => {
  waits = [];
});

describe('a room for requests that wait', () => {
  test('holds nobody while it is not open', () => {
    const room = roomOf(10);
    expect(room.enter(new Socket())).toBeNull();
    expect(room.release()).toEqual({ queued: 0, longestMs: 0, refused: 0 });
  });

  test('lets all go on in the order in which they came', async () => {
    const room = openRoom({ seats: 1_000 });
    const order: number[] = [];
    const all = Array.from({ length: 1_000 }, async (_, index) => {
      expect(await room.enter(new Socket())).toBe('turn');
      order.push(index);
    });
    expect(room.waitingNow).toBe(1_000);
    expect(room.release()).toMatchObject({ queued: 1_000, refused: 0 });
    await Promise.all(all);
    expect(order).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
    expect(room.state).toBeNull();
    expect(room.waitingNow).toBe(0);
  });

  test('sends each one away when its own time is over, not before', async () => {
    const room = openRoom({ mostWaitMs: 150 });
    const first = waitOf(room);
    await pause(80);
    const second = waitOf(room);
    expect(await first).toMatchObject({ outcome: 'queue-expired' });
    expect(await second).toMatchObject({ outcome: 'queue-expired' });
    for (const { ms } of [await first, await second]) expect(ms).toBeGreaterThanOrEqual(149);
    expect(room.release()).toMatchObject({ queued: 2, refused: 2 });
  });

  test('sends away at once who finds no seat, and has one again when somebody left', async () => {
    const room = openRoom({ seats: 1 });
    const client = new Socket();
    const seated = room.enter(client);
    expect(await room.enter(new Socket())).toBe('queue-full');
    client.destroy();
    await once(client, 'close');
    expect(await seated).toBe('left');
    const next = room.enter(new Socket());
    expect(room.release()).toMatchObject({ queued: 3, refused: 1 });
    expect(await next).toBe('turn');
    expect(waits).toHaveLength(3);
  });

  test('a new bound holds for those that wait already', async () => {
    const room = openRoom({ mostWaitMs: 60_000 });
    const waiting = waitOf(room);
    room.open({ sinceMs: 7, mostWaitMs: 50 });
    expect(await waiting).toMatchObject({ outcome: 'queue-expired' });
    expect(room.state).toEqual({ sinceMs: 1, mostWaitMs: 50 });
  });

  test('a longer bound spares those whose time would have been over', async () => {
    const room = openRoom({ mostWaitMs: 50 });
    const waiting = waitOf(room);
    room.open({ sinceMs: 7, mostWaitMs: 60_000 });
    await pause(100);
    room.release();
    expect(await waiting).toMatchObject({ outcome: 'turn' });
  });

  test('tells each gap apart', async () => {
    const room = openRoom({});
    const first = room.enter(new Socket());
    expect(room.release()).toMatchObject({ queued: 1 });
    room.open({ sinceMs: 2, mostWaitMs: 1_000 });
    expect(room.release()).toEqual({ queued: 0, longestMs: 0, refused: 0 });
    expect(await first).toBe('turn');
  });

  test('dismissed, it answers those inside and those that still come, and stays queueing for its successor', async () => {
    const room = openRoom({});
    const inside = room.enter(new Socket());
    room.dismiss();
    expect(await inside).toBe('queue-expired');
    expect(await room.enter(new Socket())).toBe('queue-expired');
    expect(room.state).toEqual({ sinceMs: 1, mostWaitMs: 60_000 });
  });
});

function roomOf(seats: number): WaitingRoom {
  return new WaitingRoom({ seats, canServe: () => false, onWaited: (ms) => waits.push(ms) });
}

function openRoom({ seats = 10, mostWaitMs = 60_000 }): WaitingRoom {
  const room = roomOf(seats);
  room.open({ sinceMs: 1, mostWaitMs });
  return room;
}

async function waitOf(room: WaitingRoom) {
  const startedAt = performance.now();
  const outcome = await room.enter(new Socket());
  return { outcome, ms: performance.now() - startedAt };
}
