import { beforeEach, describe, expect, it } from 'vitest';
import { RoomVoice } from '../../src/state/voice/roomVoice';
import { Voices } from '../../src/state/voice/voices';
import { denied, FakeClock, FakeLive, FakeVoice, settled, unreached } from '../fakes';

describe('The voice of a room', () => {
  let clock: FakeClock;
  let live: FakeLive;
  let fake: FakeVoice;
  let voice: RoomVoice;

  beforeEach(() => {
    clock = new FakeClock();
    live = new FakeLive();
    fake = new FakeVoice();
    voice = new RoomVoice('4711', fake, live, fake, clock);
  });

  async function connect(): Promise<void> {
    await settled();
    await fake.joins.at(-1)?.answer({ leg: 'leg-1', sdp: 'answer' });
    fake.lines.at(-1)?.status.set('connected');
    await settled();
  }

  it('is heard once the browser says that it is connected', async () => {
    voice.start();
    await settled();
    expect(voice.view.value.kind).toBe('connecting');
    await connect();
    expect(voice.view.value).toMatchObject({ kind: 'heard', leg: 'leg-1' });
  });

  it('lights TALK, and lets the microphone through, only once the hub confirms', async () => {
    voice.start();
    await connect();
    voice.press();
    expect(voice.talk.value).toMatchObject({ held: true, talking: false });
    expect(fake.lines[0]?.speaks).toBe(false);
    await live.talked[0]?.question.answer(null);
    expect(voice.talk.value.talking).toBe(true);
    expect(fake.lines[0]?.speaks).toBe(true);

    voice.release();
    expect(voice.talk.value).toMatchObject({ held: false, talking: false });
    expect(fake.lines[0]?.speaks).toBe(false);
    expect(live.talked.at(-1)?.held).toBe(false);
  });

  it('goes dark within a second when the hub confirms no more, and says so', async () => {
    voice.start();
    await connect();
    voice.press();
    await live.talked[0]?.question.answer(null);
    await clock.pass(899);
    expect(voice.talk.value.talking).toBe(true);
    await clock.pass(2);
    expect(voice.talk.value).toMatchObject({ held: true, talking: false, problem: { code: 'talk.unconfirmed' } });
    expect(fake.lines[0]?.speaks).toBe(false);
  });

  it('says why the hub does not let it talk', async () => {
    voice.start();
    await connect();
    voice.press();
    await live.talked[0]?.question.answer(denied);
    expect(voice.talk.value).toMatchObject({ talking: false, problem: denied });
  });

  it('comes back by itself when it breaks, slower each time, and its key is up', async () => {
    voice.start();
    await connect();
    voice.press();
    await live.talked[0]?.question.answer(null);
    fake.lines[0]?.status.set('lost');
    expect(voice.view.value.kind).toBe('lost');
    expect(voice.talk.value).toMatchObject({ held: false, talking: false });
    expect(fake.lines[0]?.closed).toBe(true);
    await clock.pass(500);
    await fake.joins[1]?.refuse(unreached);
    await clock.pass(999);
    expect(fake.joins).toHaveLength(2);
    await clock.pass(1);
    await connect();
    expect(voice.view.value.kind).toBe('heard');
  });

  it('tries again when no voice gets through', async () => {
    voice.start();
    await settled();
    await fake.joins[0]?.answer({ leg: 'leg-1', sdp: 'answer' });
    await clock.pass(15_000);
    expect(voice.view.value).toMatchObject({ kind: 'lost', problem: { code: 'voice.unreachable' } });
  });

  it('goes by the relays that the hub names, asked for anew each time', async () => {
    fake.granted = { servers: [{ urls: ['turn:turn.example'], username: '1', credential: 'a' }], relayOnly: true };
    voice.start();
    await connect();
    fake.granted = { servers: [{ urls: ['turn:turn.example'], username: '2', credential: 'b' }], relayOnly: true };
    fake.lines[0]?.status.set('lost');
    await clock.pass(500);
    expect(fake.asked.map(({ servers }) => servers[0]?.username)).toEqual(['1', '2']);
  });

  it('does not ask again for what was refused', async () => {
    voice.start();
    await settled();
    await fake.joins[0]?.refuse(denied);
    await clock.pass(60_000);
    expect(voice.view.value).toEqual({ kind: 'refused', problem: denied });
    expect(fake.joins).toHaveLength(1);
  });

  it('leaves when it is stopped', async () => {
    voice.start();
    await connect();
    voice.stop();
    expect(fake.left).toEqual(['leg-1']);
    expect(fake.lines[0]?.closed).toBe(true);
    await clock.pass(60_000);
    expect(fake.joins).toHaveLength(1);
  });
});

describe('The voices of a page', () => {
  it('talk into the selected room alone, and let the key go before another is selected', async () => {
    const [clock, live, fake] = [new FakeClock(), new FakeLive(), new FakeVoice()];
    const voices = new Voices(fake, live, fake, clock);
    for (const [index, code] of ['1', '2'].entries()) {
      voices.listen(code);
      await settled();
      await fake.joins[index]?.answer({ leg: `leg-${code}`, sdp: 'answer' });
      fake.lines[index]?.status.set('connected');
    }
    expect(voices.selected.value).toBe('1');
    voices.press();
    await live.talked[0]?.question.answer(null);
    expect(fake.lines.map((line) => line.speaks)).toEqual([true, false]);
    voices.select('2');
    expect(fake.lines.map((line) => line.speaks)).toEqual([false, false]);
    voices.press();
    await live.talked.at(-1)?.question.answer(null);
    expect(fake.lines.map((line) => line.speaks)).toEqual([false, true]);

    voices.rooms.value[0]?.setVolume(0.3);
    expect(fake.lines.map((line) => line.volume)).toEqual([0.3, 1]);
    voices.leave('2');
    expect(voices.selected.value).toBe('1');
  });
});
