import { connectTemporal } from '../../src/client/connection';
import { prepareNamespace } from '../../src/client/namespace';

/** Search attributes and retention, as `belay up` sees to them. */
export async function prepareTestNamespace(address: string): Promise<void> {
  const client = await connectTemporal({ address });
  try {
    await prepareNamespace(client);
  } finally {
    await client.connection.close();
  }
}
