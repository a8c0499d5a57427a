import type { MonitoringPolicy } from '../domain/monitoring/policy';
import type { SwitchesBlock } from './schema/probe';

/** The specification's switches. Errors have none: somebody always counts them. */
export function readSwitches(
  block: SwitchesBlock,
): Pick<MonitoringPolicy, 'monitors' | 'alerting'> {
  return {
    monitors: {
      health: word(block.healthChecks),
      performance: word(block.performanceValidation),
      errors: 'on',
      business: word(block.businessMetrics),
    },
    alerting: word(block.alerting),
  };
}

/** What is switched off, and what that means; a sentence each. */
export function switchNotes(block: SwitchesBlock): readonly string[] {
  return Object.entries(MEANINGS)
    .filter(([name]) => block[name as keyof SwitchesBlock] === false)
    .map(([name, meaning]) => `\`monitoring.${name}\` is switched off in the file: ${meaning}.`);
}

function word(isOn: boolean | undefined): 'on' | 'off' {
  return isOn === false ? 'off' : 'on';
}

const MEANINGS: Readonly<Record<keyof SwitchesBlock, string>> = {
  healthChecks:
    'the health monitor neither scores nor alerts; instances are still checked, and criteria still act',
  performanceValidation:
    'the performance monitor neither scores nor alerts, and no threshold is held before it is live; criteria still act',
  businessMetrics: 'the business monitor neither scores nor alerts; criteria still act',
  alerting: 'what the monitors find is shown, and nobody is told of it; criteria still act',
};
