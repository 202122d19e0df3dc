import { beforeEach, describe, expect, it } from 'vitest';
import type { LegMode } from '../../src/realtime/contracts';
import { Control } from '../../src/state/room/control';
import { denied, FakeClock, Question } from '../fakes';

describe('A control', () => {
  let clock: FakeClock;
  let sent: { mode: LegMode; question: Question<null> }[];
  let control: Control<LegMode>;

  beforeEach(() => {
    clock = new FakeClock();
    sent = [];
    control = new Control<LegMode>(
      'talk',
      (mode) => {
        const question = new Question<null>();
        sent.push({ mode, question });
        return question.answered;
      },
      clock,
    );
  });

  it('is pending, and lights nothing new, until the room confirms', async () => {
    control.ask('muted');
    expect(control.view.value).toMatchObject({ confirmed: 'talk', desired: 'muted', pending: true });
    await sent[0]?.question.answer(null);
    expect(control.view.value).toMatchObject({ confirmed: 'talk', pending: true });
    control.confirm('muted');

    expect(control.view.value).toEqual({ confirmed: 'muted', desired: 'muted', pending: false, problem: null });
  });

  it('falls back to what is confirmed when it is refused, and says why', async () => {
    control.ask('muted');
    await sent[0]?.question.refuse(denied);

    expect(control.view.value).toEqual({ confirmed: 'talk', desired: 'talk', pending: false, problem: denied });
  });

  it('says so when the hub took it and the room never shows it', async () => {
    control.ask('muted');
    await sent[0]?.question.answer(null);
    await clock.pass(5000);

    expect(control.view.value).toMatchObject({ confirmed: 'talk', desired: 'talk', pending: false });
    expect(control.view.value.problem?.code).toBe('console.unconfirmed');
  });

  it('follows the last wish, whichever answer comes last', async () => {
    control.ask('muted');
    control.ask('listen');
    control.confirm('muted');
    expect(control.view.value).toMatchObject({ confirmed: 'muted', desired: 'listen', pending: true });
    await sent[0]?.question.refuse(denied);
    expect(control.view.value).toMatchObject({ desired: 'listen', pending: true, problem: null });
    await sent[1]?.question.answer(null);
    control.confirm('listen');

    expect(control.view.value).toMatchObject({ confirmed: 'listen', pending: false });
  });

  it('shows what somebody else changed', () => {
    control.confirm('listen');

    expect(control.view.value).toEqual({ confirmed: 'listen', desired: 'listen', pending: false, problem: null });
    expect(sent).toEqual([]);
  });

  it('asks nothing for what already holds', () => {
    control.ask('talk');

    expect(sent).toEqual([]);
  });

  it('is settled by an answer that comes after the confirmation', async () => {
    control.ask('muted');
    control.confirm('muted');
    await sent[0]?.question.answer(null);
    await clock.pass(60_000);

    expect(control.view.value).toEqual({ confirmed: 'muted', desired: 'muted', pending: false, problem: null });
  });
});
