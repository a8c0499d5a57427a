import {
  ApplicationFailure,
  CancellationScope,
  condition,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import {
  OVERTAKING,
  type Decision,
  type DecisionRecord,
  type Verification,
} from '../domain/approval/decision';
import { parseDecision } from '../domain/approval/parse-decision';
import { ruleOnDecision, type RulingVerification } from '../domain/approval/rule-on-decision';
import { applyRuling, situationOf } from './apply-ruling';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';
import { awaitDecisionUpdate, decideSignal } from './messages';

interface Received {
  readonly decision: Decision;
  readonly atMs: number;
}

/** How long an overtaking decision waits for its own verification. */
const PATIENCE_MS = 500;
const SLOW: RulingVerification = { verification: 'not-verified', reason: 'no answer in time' };
/** Whoever asks what became of a decision asks again; an id that never arrives must not be waited for. */
const ANSWER_WITHIN_MS = 60_000;
/** A flood of junk must not grow the state without bound. */
const MOST_RECORDS = 1_000;

/**
 * Takes decisions one after the other. The signal handler only appends; everything that can wait or fail happens here,
 * where it is caught: a verifier awaited in the handler was seen to close a run in mid-compensation.
 */
export class DecisionLoop {
  private readonly inbox: Received[] = [];
  private readonly records = new Map<string, DecisionRecord>();
  private isClosing = false;
  private unreadable = 0;
  /** How many overtaking decisions are being verified. */
  private overtaking = 0;

  constructor(private readonly deployment: Deployment) {
    deployment.isDeciding = () => this.overtaking > 0 || this.hasOvertaking();
    setHandler(decideSignal, (payload: unknown) => this.receive(payload));
    setHandler(awaitDecisionUpdate, (id) => this.awaitRecord(id));
  }

  async run(): Promise<void> {
    for (;;) {
      await condition(() => this.inbox.length > 0 || this.isClosing);
      const next = this.takeNext();
      if (next === undefined) return;
      await this.decideOn(next);
    }
  }

  /** No more waiting; what has arrived is still recorded. */
  close(): void {
    this.isClosing = true;
  }

  private receive(payload: unknown): void {
    const { deploymentId } = this.deployment.request;
    const parsed = parseDecision(payload, deploymentId);
    const atMs = Date.now();
    if ('problem' in parsed) {
      this.unreadable += 1;
      this.record(unreadable(parsed.problem, { atMs, number: this.unreadable }));
    } else if (!this.isKnown(parsed.decision.id)) {
      this.inbox.push({ decision: parsed.decision, atMs });
    }
  }

  /** One id is one decision, however often it arrives. */
  private isKnown(id: string): boolean {
    return this.records.has(id) || this.inbox.some(({ decision }) => decision.id === id);
  }

  private takeNext(): Received | undefined {
    return this.takeOvertaking() ?? this.inbox.shift();
  }

  private takeOvertaking(): Received | undefined {
    const index = this.inbox.findIndex(({ decision }) => OVERTAKING.has(decision.kind));
    return index === -1 ? undefined : this.inbox.splice(index, 1)[0];
  }

  private async decideOn(received: Received): Promise<void> {
    const isOvertaking = OVERTAKING.has(received.decision.kind);
    this.overtaking += isOvertaking ? 1 : 0;
    try {
      const verification = isOvertaking
        ? await this.verifyBriefly(received.decision)
        : await this.verifyPatiently(received.decision);
      const situation = situationOf(this.deployment);
      const ruling = ruleOnDecision(situation, received.decision, verification);
      this.record(recordOf(received, verification.verification, ruling));
      applyRuling(this.deployment, received.decision, ruling);
    } catch (error) {
      const refused = {
        effect: 'refused' as const,
        sentence: `Could not be decided: ${sentenceOf(error)}`,
      };
      this.record(recordOf(received, 'not-verified', refused));
    } finally {
      this.overtaking -= isOvertaking ? 1 : 0;
    }
  }

  /** Acts unverified when no answer comes in time: going back must not wait for a slow verifier. */
  private async verifyBriefly(decision: Decision): Promise<RulingVerification> {
    const scope = new CancellationScope({ cancellable: true });
    return scope.run(async () => {
      try {
        const impatient = sleep(PATIENCE_MS).then(() => SLOW);
        return await Promise.race([this.verify(decision, 'not-verified'), impatient]);
      } finally {
        scope.cancel();
      }
    });
  }

  /** Others may overtake meanwhile. */
  private async verifyPatiently(decision: Decision): Promise<RulingVerification> {
    const answer: { verification: RulingVerification | null } = { verification: null };
    const verifying = this.verify(decision, 'refused').then((result) => {
      answer.verification = result;
    });
    for (;;) {
      await condition(() => answer.verification !== null || this.hasOvertaking());
      const overtaking = this.takeOvertaking();
      if (overtaking === undefined) break;
      await this.decideOn(overtaking);
    }
    await verifying;
    return answer.verification ?? SLOW;
  }

  private hasOvertaking(): boolean {
    return this.inbox.some(({ decision }) => OVERTAKING.has(decision.kind));
  }

  private async verify(decision: Decision, onFailure: Verification): Promise<RulingVerification> {
    try {
      return await this.deployment.activities.verifications.verifyDecision.executeWithOptions(
        { summary: `Verify: ${decision.kind} by ${decision.actor.slice(0, 60)}` },
        [decision],
      );
    } catch (error) {
      return { verification: onFailure, reason: sentenceOf(error) };
    }
  }

  private record(record: DecisionRecord): void {
    this.records.set(record.id, record);
    const oldest = this.records.keys().next();
    if (this.records.size > MOST_RECORDS && oldest.done !== true) this.records.delete(oldest.value);
    this.deployment.progress.decision(record);
  }

  private async awaitRecord(id: string): Promise<DecisionRecord> {
    const isOver = (): boolean => this.isClosing && !this.isKnown(id);
    await condition(() => this.records.has(id) || isOver(), ANSWER_WITHIN_MS);
    const record = this.records.get(id);
    if (record !== undefined) return record;
    throw ApplicationFailure.nonRetryable(`Nothing became of a decision ${id} in time.`);
  }
}

function recordOf(
  { decision, atMs }: Received,
  verification: Verification,
  ruling: Pick<DecisionRecord, 'effect' | 'sentence'>,
): DecisionRecord {
  return {
    id: decision.id,
    kind: decision.kind,
    actor: decision.actor,
    reason: decision.reason,
    issuedAtMs: decision.issuedAt,
    receivedAtMs: atMs,
    verification,
    effect: ruling.effect,
    sentence: ruling.sentence,
  };
}

function unreadable(
  problem: string,
  { atMs, number }: { readonly atMs: number; readonly number: number },
): DecisionRecord {
  return {
    id: `unreadable-${number}`,
    kind: 'unreadable',
    actor: null,
    reason: null,
    issuedAtMs: null,
    receivedAtMs: atMs,
    verification: 'not-verified',
    effect: 'refused',
    sentence: problem,
  };
}
