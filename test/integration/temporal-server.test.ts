import { Client, Connection } from '@temporalio/client';
import { eventually } from '../support/until';
import {
  sharedTemporalAddress,
  startTemporalServer,
  type TemporalServer,
} from '../support/temporal-server';
import { searchAttributes } from '../../tools/temporal/dev-server.mjs';

describe('the Temporal server of the tests', () => {
  it('is shared by the run and knows the search attributes', async () => {
    const connection = await Connection.connect({ address: sharedTemporalAddress() });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    await connection.close();
    expect(Object.keys(customAttributes)).toEqual(
      expect.arrayContaining(Object.keys(searchAttributes)),
    );
  });

  describe('of a test of its own', () => {
    let server: TemporalServer;

    beforeAll(async () => {
      server = await startTemporalServer({ web: true });
    });

    afterAll(async () => {
      await server.stop();
    });

    it('keeps what it was told through a kill', async () => {
      const start = await Connection.connect({ address: server.address });
      await new Client({ connection: start }).workflow.start('waitsForNobody', {
        workflowId: 'kept',
        taskQueue: 'nobody-polls-this',
      });
      await start.close();
      const pid = server.pid();

      await server.kill();
      await server.restart();

      expect(server.pid()).not.toBe(pid);
      const again = await Connection.connect({ address: server.address });
      const { status } = await new Client({ connection: again }).workflow
        .getHandle('kept')
        .describe();
      await again.close();
      expect(status.name).toBe('RUNNING');
    });

    it('serves Temporal Web where that was asked for', async () => {
      // It comes up beside the server, and nobody waits for it.
      const status = await eventually(() =>
        fetch(server.web ?? '', { signal: AbortSignal.timeout(30_000) }).then(
          (answer) => answer.status,
          () => null,
        ),
      );
      expect(status).toBe(200);
    });
  });
});
