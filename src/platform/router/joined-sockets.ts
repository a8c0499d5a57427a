import type { Duplex } from 'node:stream';
import { headerPairs } from './hop-by-hop';
import type { Outgoing } from './attempt';
import type { Upstream } from './upstream';

export interface Upgraded {
  readonly outgoing: Outgoing;
  readonly upstream: Upstream;
  readonly socket: Duplex;
  /** The instance's end-to-end headers. */
  readonly headers: readonly string[];
}

/**
 * Answers the client's upgrade and joins both raw connections until one of them ends; the pair counts as in flight,
 * so that a drain can cut it.
 */
export function joinUpgraded({ outgoing, upstream, socket, headers }: Upgraded): void {
  const client = outgoing.request.socket;
  const release = upstream.track({ kind: 'upgraded', cancel: () => end() });
  function end(): void {
    client.destroy();
    socket.destroy();
    release();
  }
  for (const side of [client, socket]) {
    side.on('error', end);
    side.on('close', end);
  }
  if (client.destroyed) return end();
  client.setTimeout(0);
  client.write(switchingProtocols(outgoing, headers), 'latin1');
  if (outgoing.upgrade !== null && outgoing.upgrade.head.length > 0)
    socket.write(outgoing.upgrade.head);
  client.pipe(socket);
  socket.pipe(client);
}

function switchingProtocols(outgoing: Outgoing, headers: readonly string[]): string {
  const protocol = outgoing.upgrade?.protocol ?? 'websocket';
  const lines = ['HTTP/1.1 101 Switching Protocols', 'connection: Upgrade', `upgrade: ${protocol}`];
  for (const [name, value] of headerPairs(headers)) lines.push(`${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
