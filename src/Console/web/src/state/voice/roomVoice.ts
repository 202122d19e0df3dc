import type { LegId } from '../../realtime/contracts';
import type { Clock } from '../clock';
import type { AudioPort, LivePort, Problem, VoiceLine, VoicePort } from '../ports';
import { Scope } from '../scope';
import { type End, Store } from '../store';

/** Whether a room is heard. */
export type VoiceView =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'heard'; readonly leg: LegId; readonly noMicrophone: Problem | null }
  | { readonly kind: 'lost'; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The key, and whether the hub has said that the room hears it. */
export interface TalkView {
  readonly held: boolean;
  readonly talking: boolean;
  readonly problem: Problem | null;
}

const silent: TalkView = { held: false, talking: false, problem: null };
/** The hub lets a key go that it is not told of for 900 ms; so does the light. */
const tellEvery = 300;
const confirmedFor = 900;
const connectWithin = 15_000;
const shortestPause = 500;
const longestPause = 10_000;

/** One room's voice in this page: heard, brought back for as long as it is wanted, and talked into by a key. */
export class RoomVoice {
  readonly view = new Store<VoiceView>({ kind: 'off' });
  readonly talk = new Store<TalkView>(silent);
  readonly volume = new Store(1);
  private wanted = false;
  private failures = 0;
  private line: VoiceLine | null = null;
  private leg: LegId | null = null;
  private attempt = new Scope();
  private cancelTell: End = () => undefined;
  private cancelDoubt: End = () => undefined;

  constructor(
    readonly code: string,
    private readonly hub: VoicePort,
    private readonly live: LivePort,
    private readonly audio: AudioPort,
    private readonly clock: Clock,
  ) {}

  /** Listens, until it is stopped. */
  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.failures = 0;
    void this.connect();
  }

  /** Leaves the room's voice. */
  stop(): void {
    this.wanted = false;
    this.drop();
    this.view.set({ kind: 'off' });
    if (this.leg !== null) void this.hub.leave(this.code, this.leg);
    this.leg = null;
  }

  setVolume(volume: number): void {
    this.volume.set(volume);
    this.line?.setVolume(volume);
  }

  press(): void {
    if (this.talk.value.held || this.view.value.kind !== 'heard') return;
    this.talk.set({ held: true, talking: false, problem: null });
    this.tell();
  }

  release(): void {
    const { held, problem } = this.talk.value;
    if (!held) return;
    this.letGo(problem);
    if (this.leg !== null) void this.live.talk(this.code, this.leg, false);
  }

  private async connect(): Promise<void> {
    this.drop();
    const attempt = new Scope();
    this.attempt = attempt;
    // Whoever stops meanwhile, or begins anew, ends this attempt.
    const over = () => attempt.ended;
    this.view.set({ kind: 'connecting' });
    // Asked for anew each time, since their credentials end.
    const relays = await this.hub.relays();
    if (over()) return;
    if (!relays.ok) {
      this.fail(relays.problem);
      return;
    }
    const line = await this.audio.open(relays.value);
    attempt.add(() => line.close());
    if (over()) return;
    this.line = line;
    line.setVolume(this.volume.value);
    attempt.add(line.status.subscribe(() => this.follow(line)));
    attempt.add(this.clock.after(connectWithin, () => this.failIfNotHeard()));
    const answer = await this.hub.join(this.code, this.audio.client, await line.offer());
    if (over()) return;
    if (!answer.ok) {
      this.fail(answer.problem);
      return;
    }
    this.leg = answer.value.leg;
    await line.accept(answer.value.sdp).catch(() => this.lose(unanswered));
  }

  private follow(line: VoiceLine): void {
    switch (line.status.value) {
      case 'connecting':
        return;
      case 'connected':
        this.failures = 0;
        if (this.leg !== null) this.view.set({ kind: 'heard', leg: this.leg, noMicrophone: line.noMicrophone });
        return;
      case 'lost':
        this.lose(broken);
        return;
    }
  }

  private failIfNotHeard(): void {
    if (this.view.value.kind === 'connecting') this.lose(unreachable);
  }

  /** What may be different in a moment is tried again; what was refused is not. */
  private fail(problem: Problem): void {
    if (problem.status === 0 || problem.status >= 500) this.lose(problem);
    else {
      this.wanted = false;
      this.drop();
      this.view.set({ kind: 'refused', problem });
    }
  }

  private lose(problem: Problem): void {
    this.drop();
    if (!this.wanted) return;
    this.view.set({ kind: 'lost', problem });
    const pause = Math.min(shortestPause * 2 ** this.failures++, longestPause);
    this.attempt = new Scope();
    this.attempt.add(this.clock.after(pause, () => void this.connect()));
  }

  private drop(): void {
    this.letGo(null);
    this.attempt.end();
    this.line = null;
  }

  private tell(): void {
    const { leg } = this;
    if (leg === null || !this.talk.value.held) return;
    this.cancelTell = this.clock.after(tellEvery, () => this.tell());
    void this.live.talk(this.code, leg, true).then((answer) => {
      if (!this.talk.value.held) return;
      const problem = answer.ok ? answer.value : answer.problem;
      if (problem === null) this.confirm();
      else this.deny(problem);
    });
  }

  private confirm(): void {
    this.line?.speak(true);
    this.talk.set({ held: true, talking: true, problem: null });
    this.cancelDoubt();
    this.cancelDoubt = this.clock.after(confirmedFor, () => this.deny(unconfirmed));
  }

  private deny(problem: Problem): void {
    this.line?.speak(false);
    this.talk.set({ held: this.talk.value.held, talking: false, problem });
  }

  private letGo(problem: Problem | null): void {
    this.cancelTell();
    this.cancelDoubt();
    this.line?.speak(false);
    this.talk.set({ ...silent, problem });
  }
}

const problem = (code: string, text: string): Problem => ({ status: 0, code, text, field: null });
const broken = problem('voice.broken', 'The voice connection broke. It is being brought back.');
const unanswered = problem('voice.answer', 'The browser could not use the answer of the hub.');
const unreachable = problem('voice.unreachable', 'No voice gets through to the hub. A firewall may block its UDP port; it is tried again.');
const unconfirmed = problem('talk.unconfirmed', 'The hub no longer confirms your key. Nobody hears you.');
