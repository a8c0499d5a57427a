import {
  isUnresolved,
  type Known,
} from '../../../inspection/infrastructure/infrastructure-resource';
import { every, not, some, when } from '../model/logic';
import type { Opening } from '../model/thing';
import { rulesFor } from './rule';

/** Shells and desktops: SSH, Telnet, RDP, VNC, WinRM. */
const REMOTE_ACCESS = [22, 23, 3389, 5900, 5985, 5986];
/** SQL Server, Oracle, MySQL, PostgreSQL, Redshift, Cassandra, Redis, Elasticsearch, Memcached, MongoDB, etcd, Docker. */
const DATA = [1433, 1521, 2375, 2379, 3306, 5432, 5439, 6379, 9042, 9200, 11_211, 27_017];
const WEB = [80, 443];
/** More ports than one service needs. */
const WIDE = 100;

export const NETWORK_RULES = rulesFor('opening', [
  {
    id: 'infrastructure/open-remote-access',
    severity: 'critical',
    title: 'Remote access (SSH, RDP and the like) is open to the whole internet',
    fix: 'Allow remote access only from the networks that need it.',
    broken: (opening) => every(opening.world, covers(opening, REMOTE_ACCESS)),
  },
  {
    id: 'infrastructure/open-data-port',
    severity: 'critical',
    title: 'A port of a database or cache is open to the whole internet',
    fix: 'Allow the port of the data store only from the services that use it.',
    broken: (opening) => every(opening.world, covers(opening, DATA)),
  },
  {
    id: 'infrastructure/open-port-range',
    severity: 'high',
    title: 'A wide range of ports is open to the whole internet',
    fix: 'Open only the ports that are served.',
    broken: (opening) => every(opening.world, isWide(opening)),
  },
  {
    id: 'infrastructure/open-port',
    severity: 'medium',
    title: 'A port other than 80 and 443 is open to the whole internet',
    fix: 'Open the port only to the networks that need it.',
    broken: (opening) =>
      every(
        opening.world,
        not(isWide(opening)),
        not(isWeb(opening)),
        not(covers(opening, [...REMOTE_ACCESS, ...DATA])),
        when(opening.fromPort, (port) => port >= 0),
      ),
  },
]);

function covers(opening: Opening, ports: readonly number[]): Known<boolean> {
  return some(opening.everyProtocol, ...ports.map((port) => coversPort(opening, port)));
}

function coversPort({ fromPort, toPort }: Opening, port: number): Known<boolean> {
  return every(
    when(fromPort, (from) => from <= port),
    when(toPort, (to) => port <= to),
  );
}

function isWide({ fromPort, toPort, everyProtocol }: Opening): Known<boolean> {
  const width = isUnresolved(fromPort) ? fromPort : when(toPort, (to) => to - fromPort >= WIDE);
  return some(everyProtocol, width);
}

function isWeb({ fromPort, toPort }: Opening): Known<boolean> {
  return when(fromPort, (from) => WEB.includes(from) && (isUnresolved(toPort) || toPort === from));
}
