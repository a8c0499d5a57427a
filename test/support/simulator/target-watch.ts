import type { Digest } from '../../../src/domain/revision';
import type { Weights } from '../../../src/domain/rollout/plan';
import type { DeploymentStatus } from '../../../src/domain/status';
import type { FleetState, InstanceState } from '../../../src/domain/target-state';
import type { JournalEntry } from '../../../src/adapters/targets/memory/memory-target';
import { GapWatch } from './gap-watch';
import { boundsOf, boundsProblem, type InstanceBounds } from './instance-bounds';
import { REF, type Scenario } from './scenario';
import type { SimulatedWorld } from './simulated-world';

export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

const NEVER = new AbortController().signal;

/** Looks after every event whether something is wrong with the target at this moment. */
export class TargetWatch {
  readonly violations: Violation[] = [];
  /** What is planned, as far as it is known. */
  strategy: DeploymentStatus['strategy'] = null;
  private read = 0;
  /** Whether an instance has died by itself. */
  private hasLost = false;
  private weights: Weights = {};
  private readonly places = new Set<string>();
  private readonly tokens = new Set<string>();
  private readonly lastPlace = new Map<number, number>();
  private readonly bounds: InstanceBounds | null;
  private readonly gap: GapWatch;

  constructor(
    scenario: Scenario,
    private readonly world: SimulatedWorld,
    private readonly clock: () => number,
  ) {
    this.bounds = boundsOf(scenario);
    this.gap = new GapWatch(scenario);
    this.skipThePast();
  }

  /** After each event: the effects on the target that it had. */
  async look(): Promise<void> {
    const { journal } = this.world.target;
    while (this.read < journal.length) {
      const entry = journal[this.read] as JournalEntry;
      this.read += 1;
      if (!entry.repeat) await this.examine(entry);
    }
  }

  private skipThePast(): void {
    for (const entry of this.world.target.journal) {
      if (entry.effect === 'weights') this.weights = entry.detail['weights'] as Weights;
      this.gap.examine(entry);
    }
    this.read = this.world.target.journal.length;
  }

  private async examine(entry: JournalEntry): Promise<void> {
    this.examinePlace(entry);
    switch (entry.effect) {
      case 'weights':
        this.weights = entry.detail['weights'] as Weights;
        break;
      case 'ensure':
        this.examineCreate(String(entry.detail['token']));
        break;
      case 'drain':
      case 'retire':
        this.examineScaleDown(entry.effect, entry.detail['revision'] as Digest);
        break;
      default:
    }
    this.gap.examine(entry).forEach((detail) => this.violated('nobody waits too long', detail));
    await this.examineFleets(entry);
  }

  private examinePlace({ epoch, n, effect }: JournalEntry): void {
    if (n === null) return;
    const place = `${epoch}/${n}`;
    if (this.places.has(place)) this.violated('one effect for each place of the fence', place);
    this.places.add(place);
    if (n <= (this.lastPlace.get(epoch) ?? 0)) {
      this.violated('the fence lets nothing older through', `${effect} at ${place}`);
    }
    this.lastPlace.set(epoch, n);
  }

  /** What stands after an effect. */
  private async examineFleets({ effect }: JournalEntry): Promise<void> {
    const fleets = await this.world.target.fleet.describe(REF, NEVER);
    if (effect === 'weights') this.examineWeights(fleets);
    const problem = this.boundsProblem(fleets);
    if (problem !== null) this.violated('a rolling rollout keeps its bounds', problem);
    if (this.isAnybodyServed(fleets) || this.gap.isOpen) return;
    const died = fleets.some(({ size, healthy }) => healthy < size);
    if (this.world.stable !== null && !died)
      this.violated('somebody serves, or requests wait', `after ${effect}`);
  }

  private boundsProblem(fleets: readonly FleetState[]): string | null {
    const { stable, candidate } = this.world;
    const rolled = [stable?.digest ?? '', candidate.digest];
    const ours = instancesOf(fleets, rolled);
    const serving = instancesOf(fleets, [...rolled, ...Object.keys(this.weights)]);
    this.hasLost ||= ours.some(({ health }) => health === 'crashed' || health === 'unhealthy');
    // Where stable could not serve, the plan is another one.
    if (this.bounds === null || this.strategy !== 'rolling') return null;
    return boundsProblem(this.bounds, { ours, serving }, this.hasLost);
  }

  private isAnybodyServed(fleets: readonly FleetState[]): boolean {
    return fleets.some(({ revision, healthy }) => healthy > 0 && (this.weights[revision] ?? 0) > 0);
  }

  private examineWeights(fleets: readonly FleetState[]): void {
    const { weights } = this;
    const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
    if (sum !== 100 && Object.keys(weights).length > 0) {
      this.violated('weights sum to 100 or are empty', JSON.stringify(weights));
    }
    const isHealthy = (revision: Digest): boolean =>
      fleets.some((fleet) => fleet.revision === revision && fleet.healthy > 0);
    const unable = Object.keys(weights).filter((revision) => !isHealthy(revision));
    if (unable.length > 0 && fleets.some(({ healthy }) => healthy > 0)) {
      this.violated('no weight on what cannot serve while something can', unable.join(', '));
    }
  }

  private examineCreate(token: string): void {
    if (this.tokens.has(token)) this.violated('every create at most once', token);
    this.tokens.add(token);
  }

  private examineScaleDown(effect: string, revision: Digest): void {
    const weight = this.weights[revision] ?? 0;
    if (weight > 0) this.violated('nothing with weight is scaled down', `${effect} at ${weight} %`);
  }

  private violated(invariant: string, detail: string): void {
    this.violations.push({ invariant, detail: `${detail} (at ${this.clock()})` });
  }
}

function instancesOf(
  fleets: readonly FleetState[],
  revisions: readonly Digest[],
): readonly InstanceState[] {
  return fleets
    .filter(({ revision }) => revisions.includes(revision))
    .flatMap(({ instances }) => instances);
}
