import { DEFAULT_MONITORING, type MonitoringPolicy } from '../domain/monitoring/policy';
import { readChannels } from './channels';
import { DEFAULTS } from './defaults';
import { readSources } from './metric-sources';
import { performanceNotes, readPerformance } from './performance';
import type { BelayFile } from './schema/belay-file';
import type { EnvironmentBlock } from './schema/pipeline';
import type { ProbeBlock } from './schema/probe';
import { readSwitches, switchNotes } from './switches';

export interface MonitoringReading {
  readonly monitoring: MonitoringPolicy;
  /** What is switched off and what that means, and what else a reader should know. */
  readonly notes: readonly string[];
}

type Blocks = Pick<
  BelayFile,
  'onNoData' | 'probe' | 'performance' | 'metricSources' | 'notifications'
> &
  Pick<EnvironmentBlock, 'monitoring'>;

/** What is watched beside the criteria in one environment: its own blocks before those of the top. */
export function readMonitoring(file: BelayFile, environment: EnvironmentBlock): MonitoringReading {
  const blocks = blocksOf(file, environment);
  const { monitoring: switches = {} } = blocks;
  const performance = readPerformance(blocks.performance, switches);
  return {
    monitoring: {
      ...readSwitches(switches),
      onNoData: blocks.onNoData ?? DEFAULT_MONITORING.onNoData,
      probe: blocks.probe === undefined ? null : probeOf(blocks.probe),
      sources: readSources(blocks.metricSources),
      performance,
      channels: readChannels(blocks.notifications),
    },
    notes: [
      ...switchNotes(switches),
      ...performanceNotes(blocks.performance, switches),
      ...channelNotes(blocks),
      ...sourceNotes(blocks),
    ],
  };
}

function blocksOf(file: BelayFile, environment: EnvironmentBlock): Blocks {
  return {
    onNoData: environment.onNoData ?? file.onNoData,
    probe: environment.probe ?? file.probe,
    performance: environment.performance ?? file.performance,
    metricSources: environment.metricSources ?? file.metricSources,
    notifications: environment.notifications ?? file.notifications,
    monitoring: environment.monitoring ?? file.deploymentPipeline?.monitoring,
  };
}

function probeOf({ path, perSecond }: ProbeBlock): MonitoringPolicy['probe'] {
  return { path, perSecond: perSecond ?? DEFAULTS.probePerSecond };
}

function channelNotes({ notifications }: Blocks): string[] {
  if (notifications?.length !== 0) return [];
  return ['`notifications` is empty: nobody is told anything; status and history still show it.'];
}

function sourceNotes({ metricSources = [] }: Blocks): string[] {
  return readSources(metricSources)
    .filter(({ url, bearerSecret }) => bearerSecret !== null && isOpen(url))
    .map(
      ({ name }) =>
        `\`metricSources\`: the secret of ${name} is sent unencrypted; an address with \`https://\` keeps it.`,
    );
}

function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
