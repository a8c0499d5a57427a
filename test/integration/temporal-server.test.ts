import { Client, Connection } from '@temporalio/client';
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
      const answer = await fetch(server.web ?? '', { signal: AbortSignal.timeout(5_000) });
      expect(answer.status).toBe(200);
    });
  });
});
