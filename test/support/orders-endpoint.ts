import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A shop's own figures over HTTP, as docs/monitoring.md describes: of 400 visits in each window so many bought. */
export class OrdersEndpoint {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(boughtBy: (revision: string) => number): Promise<OrdersEndpoint> {
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://orders.internal');
      const [from, to, interval] = ['from', 'to', 'interval'].map((name) =>
        Number(searchParams.get(name)),
      ) as [number, number, number];
      const events = boughtBy(searchParams.get('revision') ?? '');
      const windows = Array.from({ length: (to - from) / interval }, (_one, index) => ({
        from: from + index * interval,
        metrics: { business_metric_conversion: { events, of: 400 } },
      }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ schemaVersion: 1, windows }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new OrdersEndpoint(server, `http://127.0.0.1:${port}/belay`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
