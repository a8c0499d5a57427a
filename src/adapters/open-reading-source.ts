import type { OpenReadingSource } from '../ports/reading-source';
import { createHttpJsonSource } from './metrics/http-json/http-json-source';
import { createPrometheusSource } from './metrics/prometheus/prometheus-source';
import { readSecret } from './read-secret';

export interface ReadingSources {
  /** Whose secrets the sources use. */
  readonly home: string;
}

/** Opens the sources that configurations describe. */
export function createReadingSources({ home }: ReadingSources): OpenReadingSource {
  const options = { secret: (name: string) => readSecret(home, name) };
  return (spec) => {
    switch (spec.kind) {
      case 'prometheus':
        return createPrometheusSource(spec, options);
      case 'http-json':
        return createHttpJsonSource(spec, options);
    }
  };
}
