import type { DeploymentRun, StatusView } from '../client/index';
import type { DeploymentStatus } from '../domain/status';
import type { CliContext } from './context';
import { keyLines } from './keys/key-lines';
import { openKeyboard } from './keys/keyboard';
import { NO_KEYS_YET, pressKey, type KeyDecision, type KeyState } from './keys/press-key';
import { NO_LOOKS, rememberLook, type Looks } from './looks';
import { decisionAnswer } from './output/decision-answer';
import { openLiveFrame } from './output/live-frame';
import { finalLines, screenLines, type Drawing, type Screen } from './output/live/screen-lines';
import { styleOf } from './output/style';
import { sendDecision } from './send-decision';

/** Shows a deployment while somebody follows it. */
export interface FollowScreen {
  readonly show: (view: StatusView) => void;
  readonly trouble: (message: string) => void;
  /** Leaves what was shown last. */
  readonly end: () => void;
}

export interface LiveScreenOptions {
  readonly run: DeploymentRun;
  /** Who decides by the keys; left out, as {@link actorName} says. */
  readonly as?: string | undefined;
  /** Somebody pressed `d`. */
  readonly onDetach: () => void;
}

/** One frame in place on a terminal, drawn anew each second, with keys to decide by. */
export function openLiveScreen(options: LiveScreenOptions, context: CliContext): FollowScreen {
  return new LiveScreen(options, context);
}

/** Countdowns go on while nothing is read. */
const TICK_MS = 1_000;
/** At most ten frames a second: a window that is dragged tells of every column. */
const LEAST_BETWEEN_MS = 100;
const MOST_ANSWERS = 3;

class LiveScreen implements FollowScreen {
  private readonly frame;
  private readonly keyboard;
  private readonly tick;
  private readonly offResize;
  private view: StatusView | null = null;
  private looks: Looks = NO_LOOKS;
  private troubled: string | null = null;
  private keys: KeyState = NO_KEYS_YET;
  private answers: readonly string[] = [];
  private readonly underWay = new Set<KeyDecision>();
  private drawnAtMs = 0;
  private later: NodeJS.Timeout | null = null;
  private hasEnded = false;

  constructor(
    private readonly options: LiveScreenOptions,
    private readonly context: CliContext,
  ) {
    const { terminal, keys } = context;
    this.frame = openLiveFrame(terminal);
    this.keyboard =
      keys === null
        ? null
        : openKeyboard(keys, {
            onKey: (key) => this.press(key),
            onContinued: () => {
              this.frame.forget();
              this.draw();
            },
          });
    this.tick = setInterval(() => this.drawSoon(), TICK_MS);
    this.tick.unref();
    this.offResize = terminal.onResize(() => this.drawSoon());
  }

  show(view: StatusView): void {
    this.troubled = null;
    this.view = view;
    this.looks = rememberLook(this.looks, view);
    this.drawSoon();
  }

  trouble(message: string): void {
    this.troubled = message;
    this.drawSoon();
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.keyboard?.close();
    this.offResize();
    clearInterval(this.tick);
    if (this.later !== null) clearTimeout(this.later);
    this.frame.end(finalLines(this.screen(), this.drawing()));
  }

  private press(key: string): void {
    const pressed = pressKey(this.keys, key, this.status());
    this.keys = pressed.state;
    if (pressed.says !== null) this.answer(pressed.says);
    if (pressed.wish?.kind === 'detach') this.options.onDetach();
    if (pressed.wish?.kind === 'decide') void this.decide(pressed.wish.decision);
    this.draw();
  }

  /** Each is sent at once, whatever else is under way; the same one not twice at a time. */
  private async decide(kind: KeyDecision): Promise<void> {
    if (this.underWay.has(kind)) return;
    this.underWay.add(kind);
    const answer = await this.send(kind);
    this.underWay.delete(kind);
    this.answer(answer);
    this.drawSoon();
  }

  private async send(kind: KeyDecision): Promise<string> {
    const { run, as } = this.options;
    const planDigest = this.status()?.planDigest ?? undefined;
    if (kind === 'approve' && planDigest === undefined) {
      return 'nothing was sent: no plan is shown yet that could be approved';
    }
    try {
      const wish = { kind, as, reason: undefined, planDigest };
      const receipt = await sendDecision(run, wish, this.context);
      return decisionAnswer({ run, receipt, view: null }).text.join(' ');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private answer(text: string): void {
    this.answers = [...this.answers, text].slice(-MOST_ANSWERS);
  }

  private status(): DeploymentStatus | null {
    return this.view?.status ?? null;
  }

  private drawSoon(): void {
    if (this.hasEnded || this.later !== null) return;
    const waitMs = this.drawnAtMs + LEAST_BETWEEN_MS - Date.now();
    if (waitMs <= 0) return this.draw();
    this.later = setTimeout(() => {
      this.later = null;
      this.draw();
    }, waitMs).unref();
  }

  private draw(): void {
    if (this.hasEnded || (this.view === null && this.troubled === null)) return;
    this.drawnAtMs = Date.now();
    this.frame.draw(screenLines(this.screen(), this.drawing()));
  }

  private screen(): Screen {
    const sending = [...this.underWay].map((kind) => `sending ${kind} …`);
    return {
      view: this.view,
      values: this.looks.values,
      trouble: this.troubled,
      answers: [...this.answers, ...sending],
      keys:
        this.keyboard === null
          ? []
          : keyLines(this.keys, this.status(), styleOf(this.context.terminal)),
    };
  }

  private drawing(): Drawing {
    const { terminal } = this.context;
    return { style: styleOf(terminal), rows: terminal.rows(), nowMs: Date.now() };
  }
}
