/**
 * Everything that is not as it should be, in sentences; none means that the demo held.
 *
 * @param {{scenarios: readonly {name: string, expected: string}[], figures: object, played: readonly {name: string, status: object, trouble: string | null}[], trouble: Error | null}} run
 * @returns {readonly string[]}
 */
export function faultsOf({ scenarios, figures, played, trouble }) {
  return [
    ...(trouble === null ? [] : [trouble.message]),
    ...scenarios.flatMap(({ name, expected }) => {
      const figure = figures.scenarios.find((one) => one.name === name);
      if (figure === undefined) return trouble === null ? [`${name} was not played`] : [];
      return scenarioFaults({ expected, figure, one: played.find((each) => each.name === name) });
    }),
    ...routerFaults(figures),
  ];
}

function scenarioFaults({ expected, figure: { name, outcome, rollbackMs }, one }) {
  const { cause } = one.status;
  const why = cause === null ? '' : `: ${cause}`;
  return [
    ...(outcome === expected ? [] : [`${name} ended as ${outcome}, not as ${expected}${why}`]),
    ...(outcome === 'rolled-back' && rollbackMs === null
      ? [`${name} does not say when stable was safe`]
      : []),
    ...(one.trouble === null ? [] : [`${name}: ${one.trouble}`]),
  ];
}

function routerFaults({ failedByRouter, routerFailures }) {
  if (failedByRouter === 0) return [];
  const [first] = routerFailures;
  const how = first.router ?? first.status ?? first.outcome;
  const when = new Date(first.startedAtMs).toISOString();
  return [`the router failed ${failedByRouter} requests, the first at ${when} (${how})`];
}

/** 130 after Ctrl-C, as for every command that was interrupted. */
export function exitCodeOf(faults, trouble) {
  if (trouble?.message === 'stopped by SIGINT') return 130;
  return faults.length === 0 ? 0 : 1;
}
