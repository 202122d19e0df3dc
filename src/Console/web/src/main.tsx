import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import './ui/console.css';
import { MantineProvider } from '@mantine/core';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserAudio } from './audio/browserAudio';
import { guestPorts, restGuest } from './realtime/guestHub';
import { LiveHub } from './realtime/liveHub';
import { restDirectory, restRooms, restSession, restVoice } from './realtime/restHub';
import { systemClock } from './state/clock';
import { GuestVisit } from './state/guest/guestVisit';
import { Visit } from './state/visit';
import { App } from './ui/App';
import { GuestApp } from './ui/guest/GuestApp';
import { theme } from './ui/theme';

// The only place that knows them all: how the hub is reached, what is known of it, how that sounds and looks.
function forPeople(): ReactNode {
  const visit = new Visit(
    restSession,
    { rooms: restRooms, people: restDirectory, live: new LiveHub(restSession, systemClock), voice: restVoice, audio: new BrowserAudio() },
    systemClock,
  );
  void visit.check();
  // A page that is left has left its rooms; one that crashed is waited for.
  window.addEventListener('pagehide', () => visit.leaveVoices());
  return <App visit={visit} />;
}

/** A link is for whoever opened it, also in a browser where somebody is signed in. */
function forGuests(): ReactNode {
  const token = window.location.hash.replace(/^#/, '');
  const visit = new GuestVisit(token, restGuest, (session) => ({ ...guestPorts(session, systemClock), audio: new BrowserAudio() }), systemClock);
  void visit.check();
  window.addEventListener('pagehide', () => visit.leaveVoices());
  // Who is in needs the secret no more, and nobody else should read it off the screen.
  const end = visit.view.subscribe(() => {
    if (visit.view.value.kind === 'in') window.history.replaceState(null, '', '/join');
  });
  window.addEventListener('pagehide', end);
  // Another link in the same page is another visit.
  window.addEventListener('hashchange', () => window.location.reload());
  return <GuestApp visit={visit} />;
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="dark" forceColorScheme="dark">
      {window.location.pathname === '/join' ? forGuests() : forPeople()}
    </MantineProvider>
  </StrictMode>,
);
