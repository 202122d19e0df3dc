// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../src/state/desk';
import type { NewCall, RoomsPort } from '../../src/state/ports';
import { Frame } from '../../src/ui/frame/Frame';
import { DeskContext } from '../../src/ui/contexts';
import { alert, denied, FakeClock, FakeLive, invite, leg, quality, Question, roomsPort, session, snapshot, summary, noVoice } from '../fakes';
import { fillInBrowser } from './browser';

const people = { directory: () => Promise.resolve({ ok: true, value: [] } as const), addPerson: () => new Promise<never>(() => undefined), phones: () => Promise.resolve({ ok: true, value: [] } as const) };

describe('The room page', () => {
  let live: FakeLive;
  let desk: Desk;

  beforeEach(fillInBrowser);
  afterEach(() => {
    cleanup();
    desk.end();
  });

  async function show(rooms: Partial<RoomsPort>, room = snapshot(1), as = session): Promise<void> {
    live = new FakeLive();
    desk = new Desk(as, { rooms: roomsPort(rooms), people, live, ...noVoice }, new FakeClock());
    render(
      <MantineProvider env="test">
        <DeskContext value={desk}>
          <Frame route={{ kind: 'room', code: '4201' }} onSignOut={() => Promise.resolve({ ok: true, value: undefined })} />
        </DeskContext>
      </MantineProvider>,
    );
    await act(async () => {
      await live.watched.at(-1)?.answer(room);
      await live.listed.at(-1)?.answer({ rooms: [summary('4201')], alerts: [] });
    });
  }

  const pressed = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-pressed');

  it('lights a mode only when the room has confirmed it', async () => {
    await show({ setMode: () => new Question<never>().answered }, snapshot(1, { legs: [leg('leg-1')] }));
    await userEvent.click(screen.getByRole('button', { name: 'Muted' }));
    expect(pressed('Muted…')).toBe('false');
    expect(pressed('Talk')).toBe('true');
    act(() => live.tell(2, [{ kind: 'leg', leg: leg('leg-1', 'up', 'muted') }]));

    expect(pressed('Muted')).toBe('true');
    expect(pressed('Talk')).toBe('false');
  });

  it('tells how a leg is heard in words, and what to do when it is not', async () => {
    await show({}, snapshot(1, { legs: [{ ...leg('leg-1'), quality }] }));
    expect(screen.getByText('Voice good 4.4')).toBeTruthy();
    expect(screen.queryByText(/does not hear/)).toBeNull();
    act(() => live.tell(2, [{ kind: 'leg', leg: { ...leg('leg-1'), quality: { ...quality, oneWay: 'fromParty', heard: 'nothing' } } }]));
    expect(screen.getByText(/^The room does not hear Caller leg-1\. .* call again\.$/)).toBeTruthy();
  });

  it('asks for a gain from what was asked last, and shows it as confirmed only when it is', async () => {
    const asked: number[] = [];
    const question = new Question<never>();
    const setGain = (_: string, __: string, gain: number) => {
      asked.push(gain);
      return question.answered;
    };
    await show({ setGain }, snapshot(1, { legs: [leg('leg-1')] }));
    const loud = screen.getByRole('group', { name: 'How loud Caller leg-1 is heard' });
    await userEvent.click(within(loud).getByRole('button', { name: 'Quieter: Caller leg-1' }));
    await userEvent.click(within(loud).getByRole('button', { name: 'Quieter: Caller leg-1' }));
    expect(asked).toEqual([-3, -6]);
    expect(loud.textContent).toContain('−6 dB…');
    act(() => live.tell(2, [{ kind: 'leg', leg: { ...leg('leg-1'), gain: -6 } }]));
    expect(loud.textContent).toContain('−6 dB+');
  });

  it('asks whoever is called first, unless that is switched off', async () => {
    const calls: NewCall[] = [];
    await show({
      dial: (_, call) => {
        calls.push(call);
        return Promise.resolve({ ok: true, value: leg('leg-1') });
      },
    });
    const [form, user] = [screen.getByRole('form', { name: 'Call into the room' }), userEvent.setup()];
    await user.type(within(form).getByRole('textbox', { name: /Call into the room/ }), 'sip:chief@hpd.example');
    await user.type(within(form).getByRole('textbox', { name: 'What for' }), 'your decision');
    await user.click(within(form).getByRole('button', { name: 'Call' }));
    await user.type(within(form).getByRole('textbox', { name: /Call into the room/ }), 'sip:chief@hpd.example');
    await user.click(within(form).getByRole('checkbox', { name: 'Ask first: they press 1 to join' }));
    await user.click(within(form).getByRole('button', { name: 'Call' }));

    expect(calls).toEqual([
      { uri: 'sip:chief@hpd.example', name: null, ask: true, purpose: 'your decision' },
      { uri: 'sip:chief@hpd.example', name: null, ask: false, purpose: null },
    ]);
  });

  it('shows that a desk is asked, what came of it, and what a party chose for itself', async () => {
    const asked = invite('invite-1', 'ctic');
    const ask = { by: 'hpd', byName: 'Hartford', purpose: null, language: null, invite: 'invite-1', terms: null };
    const desk1 = { ...leg('leg-1', 'asking', 'talk', 'ctic'), ask };
    await show({}, snapshot(1, { invites: [asked], legs: [desk1, { ...leg('leg-2'), own: 'muted', priority: 'emergency' }] }));
    expect(screen.getByText('Asked, waiting for a key')).toBeTruthy();
    expect(screen.getByText('Phone answered: asked, waiting for a key')).toBeTruthy();
    expect(screen.getByText(/Muted themselves/)).toBeTruthy();
    expect(screen.getByText('Emergency')).toBeTruthy();
    act(() => live.tell(2, [{ kind: 'leg', leg: { ...desk1, status: 'gone', cause: 'no answer' } }]));

    expect(screen.getByText('Phone: no answer')).toBeTruthy();
  });

  it('shows the terms before it takes an answer, and sends conditions as a counter', async () => {
    const answers: unknown[] = [];
    const asks = invite('invite-1', 'hpd', { purpose: 'camera' });
    const room = snapshot(1, { invites: [asks] });
    await show(
      {
        answer: (...all) => {
          answers.push(all);
          return Promise.resolve({ ok: true, value: undefined });
        },
      },
      { ...room, header: { ...room.header, owner: 'ctic' } },
    );
    const panel = screen.getByRole('region', { name: 'Invitation' });
    expect(within(panel).getByText('Law enforcement only')).toBeTruthy();
    expect(within(panel).getByText('Recorded, and kept for 365 days')).toBeTruthy();
    await userEvent.click(within(panel).getByRole('button', { name: 'Accept on conditions' }));
    await userEvent.click(within(panel).getByRole('checkbox', { name: 'Listen only' }));
    await userEvent.click(within(panel).getByRole('button', { name: 'Ask for these' }));

    expect(answers).toEqual([['4201', 'invite-1', true, null, { listenOnly: true, noVideo: false, until: null }]]);
  });

  it('warns an agency whose time ends, and lets it stay longer', async () => {
    const until = '2026-03-01T13:00:00.000Z';
    const set: unknown[] = [];
    const room = snapshot(1, { invites: [invite('invite-1', 'hpd', { status: 'accepted', conditions: { listenOnly: true, noVideo: false, until }, endsAt: until })] });
    await show(
      {
        setConditions: (_, __, conditions) => {
          set.push(conditions);
          return Promise.resolve({ ok: true, value: undefined });
        },
      },
      { ...room, header: { ...room.header, owner: 'ctic' } },
    );
    expect(screen.getByText(/Your time in this room ends at/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Stay an hour longer' }));

    expect(set).toEqual([{ listenOnly: true, noVideo: false, until: '2026-03-01T14:00:00.000Z' }]);
  });

  it('says at its leg that the room\'s own sound comes back by it, for as long as it does', async () => {
    await show({}, snapshot(1, { legs: [{ ...leg('leg-1'), loops: true }, leg('leg-2')] }));
    const warning = /Loop: this room's own sound comes back by this leg/;
    const rows = screen.getAllByRole('listitem').filter((row) => row.dataset.leg);
    expect(rows.map((row) => [row.dataset.leg, within(row).queryByText(warning) !== null])).toEqual([
      ['leg-1', true],
      ['leg-2', false],
    ]);
    act(() => live.tell(2, [{ kind: 'leg', leg: leg('leg-1') }]));

    expect(screen.queryByText(warning)).toBeNull();
  });

  it('says why a mode was refused', async () => {
    await show({ setMode: () => Promise.resolve({ ok: false, problem: denied }) }, snapshot(1, { legs: [leg('leg-1')] }));
    await userEvent.click(screen.getByRole('button', { name: 'Muted' }));

    expect(await screen.findByText(denied.text)).toBeTruthy();
    expect(pressed('Talk')).toBe('true');
  });

  it('shows who talks, and puts every light out when it no longer knows', async () => {
    await show({}, snapshot(1, { legs: [leg('leg-1')], talking: ['leg-1'] }));
    expect(screen.getByText('Talking: Caller leg-1')).toBeTruthy();
    act(() => live.status.set({ kind: 'lost', since: Date.now() }));

    expect(screen.queryByText('Talking: Caller leg-1')).toBeNull();
    expect(screen.getByRole('img', { name: 'Silent' })).toBeTruthy();
    expect(screen.getByText(/^Not live since/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Drop Caller leg-1' }).hasAttribute('disabled')).toBe(true);
  });

  it('sends a line with Enter, keeps it when it is refused, and names whom it did not reach', async () => {
    const sent: string[] = [];
    const first = new Question<void>();
    const second = new Question<void>();
    const answers = [first.answered, second.answered];
    await show({
      chat: (_, text) => {
        sent.push(text);
        return answers.shift() ?? new Question<void>().answered;
      },
    });
    const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write to the room' });
    await userEvent.type(box, 'Copy{Enter}');
    await act(() => first.refuse(denied));
    expect(box.value).toBe('Copy');
    await userEvent.type(box, '{Enter}');
    const line = { id: 'l', from: 'Dana', agency: 'hpd', via: 'console', leg: null, text: 'Copy', at: '2026-03-01T11:00:00Z', undelivered: [] };
    await act(() => second.answer(undefined));
    expect(box.value).toBe('');
    act(() => live.tell(2, [{ kind: 'chat', line: { ...line, undelivered: [{ leg: 'leg-1', name: 'Engine 5', cause: '408' }] } }]));

    expect(sent).toEqual(['Copy', 'Copy']);
    expect(screen.getByText('Did not reach Engine 5: 408')).toBeTruthy();
  });

  it('links a video only when its address is one of the web', async () => {
    const video = { id: 'v1', title: 'Gate', url: 'https://video.example/gate', agency: 'hpd', postedBy: 'Dana', at: '2026-03-01T11:00:00Z', share: null };
    await show({}, snapshot(1, { videos: [video, { ...video, id: 'v2', title: 'Trap', url: 'javascript:alert(1)' }] }));
    const link = screen.getByRole('link', { name: /Gate/ });

    expect(link.getAttribute('rel')).toContain('noopener');
    expect(screen.queryByRole('link', { name: /Trap/ })).toBeNull();
    expect(screen.getByText('javascript:alert(1)')).toBeTruthy();
  });

  it('asks a second time before it closes, naming the room and how many it cuts off', async () => {
    const closed: string[] = [];
    await show(
      {
        close: (code) => {
          closed.push(code);
          return Promise.resolve({ ok: true, value: undefined });
        },
      },
      snapshot(1, { legs: [leg('leg-1'), leg('leg-2'), leg('leg-3', 'lost')] }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Close room' }));
    expect(await screen.findByText('Close “Fire”?')).toBeTruthy();
    expect(screen.getByText(/^2 parties are connected/)).toBeTruthy();
    expect(closed).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Close the room' }));

    expect(closed).toEqual(['4201']);
  });

  it('lets whoever runs the room undo a closing', async () => {
    const reopened: string[] = [];
    const header = { ...snapshot(1).header, state: 'closing' as const, closesAt: new Date(Date.now() + 8_500).toISOString() };
    await show(
      {
        reopen: (code) => {
          reopened.push(code);
          return Promise.resolve({ ok: true, value: undefined });
        },
      },
      snapshot(1, { header, state: 'closing' }),
    );
    expect(screen.getByText(/cut off in [89] s/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Undo: keep it open' }));

    expect(reopened).toEqual(['4201']);
  });

  it('offers an observer nothing that would be refused', async () => {
    await show({}, snapshot(1, { legs: [leg('leg-1')] }), { ...session, role: 'observer' });

    for (const name of ['Close room', 'Open a room', 'Call', 'Send', 'Drop Caller leg-1']) expect(screen.queryByRole('button', { name })).toBeNull();
    expect(screen.getByRole('button', { name: 'Muted' }).hasAttribute('disabled')).toBe(true);
  });

  it('reads a grave alert out at once', async () => {
    await show({});
    act(() => live.alert(alert('a', { exercise: true })));

    expect(screen.getByText('Exercise alert, Severe: Alert a').getAttribute('aria-live')).toBe('assertive');
  });
});
