import type { AudioPort, LineStatus, Problem, Relays, VoiceLine } from '../state/ports';
import { Store } from '../state/store';
import { openMicrophone } from './microphone';

/** The browser's voice: one microphone, and one connection for each room. */
export class BrowserAudio implements AudioPort {
  readonly client = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  private microphone: MediaStream | null = null;

  async open(relays: Relays): Promise<VoiceLine> {
    if (this.microphone?.getAudioTracks()[0]?.readyState === 'live') return new PeerLine(relays, this.microphone.getAudioTracks()[0]?.clone() ?? null, null);
    const opened = await openMicrophone();
    // Who has no microphone can listen all the same, and is told why nobody hears.
    if (!opened.ok) return new PeerLine(relays, null, opened.problem);
    this.microphone = opened.value;
    return new PeerLine(relays, opened.value.getAudioTracks()[0]?.clone() ?? null, null);
  }
}

class PeerLine implements VoiceLine {
  readonly status = new Store<LineStatus>('connecting');
  private readonly peer: RTCPeerConnection;
  private readonly speaker = new Audio();

  constructor(
    relays: Relays,
    private readonly track: MediaStreamTrack | null,
    readonly noMicrophone: Problem | null,
  ) {
    this.peer = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      iceServers: relays.servers.map(({ urls, ...credentials }) => ({ urls: [...urls], ...credentials })),
      iceTransportPolicy: relays.relayOnly ? 'relay' : 'all',
    });
    // Silence is sent while the key is up: by it the hub knows that the way is open.
    if (track) track.enabled = false;
    this.peer.addTransceiver(track ?? 'audio', { direction: track ? 'sendrecv' : 'recvonly' });
    this.peer.ontrack = ({ track: heard }) => {
      this.speaker.srcObject = new MediaStream([heard]);
      void this.speaker.play().catch(() => this.status.set('lost'));
    };
    this.peer.onconnectionstatechange = () => {
      switch (this.peer.connectionState) {
        case 'connected':
          this.status.set('connected');
          return;
        case 'disconnected':
        case 'failed':
        case 'closed':
          this.status.set('lost');
          return;
        case 'new':
        case 'connecting':
          return;
      }
    };
  }

  async offer(): Promise<string> {
    await this.peer.setLocalDescription(await this.peer.createOffer());
    return this.peer.localDescription?.sdp ?? '';
  }

  async accept(sdp: string): Promise<void> {
    await this.peer.setRemoteDescription({ type: 'answer', sdp });
  }

  speak(on: boolean): void {
    if (this.track) this.track.enabled = on;
  }

  setVolume(volume: number): void {
    this.speaker.volume = volume;
  }

  close(): void {
    this.peer.onconnectionstatechange = null;
    this.peer.close();
    this.track?.stop();
    this.speaker.srcObject = null;
  }
}
