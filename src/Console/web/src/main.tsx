import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import './ui/console.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserAudio } from './audio/browserAudio';
import { LiveHub } from './realtime/liveHub';
import { restDirectory, restRooms, restSession, restVoice } from './realtime/restHub';
import { systemClock } from './state/clock';
import { Visit } from './state/visit';
import { App } from './ui/App';
import { theme } from './ui/theme';

// The only place that knows them all: how the hub is reached, what is known of it, how that sounds and looks.
const visit = new Visit(
  restSession,
  { rooms: restRooms, people: restDirectory, live: new LiveHub(restSession, systemClock), voice: restVoice, audio: new BrowserAudio() },
  systemClock,
);
void visit.check();
// A page that is left has left its rooms; one that crashed is waited for.
window.addEventListener('pagehide', () => visit.leaveVoices());

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="dark" forceColorScheme="dark">
      <App visit={visit} />
    </MantineProvider>
  </StrictMode>,
);
