import type { AudioPort, LineStatus, Problem, VoiceLine } from '../state/ports';
import { Store } from '../state/store';
import { openMicrophone } from './microphone';

/** The browser's voice: one microphone, and one connection for each room. */
export class BrowserAudio implements AudioPort {
  readonly client = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  private microphone: MediaStream | null = null;

  async open(): Promise<VoiceLine> {
    if (this.microphone?.getAudioTracks()[0]?.readyState === 'live') return new PeerLine(this.microphone.getAudioTracks()[0]?.clone() ?? null, null);
    const opened = await openMicrophone();
    // Who has no microphone can listen all the same, and is told why nobody hears.
    if (!opened.ok) return new PeerLine(null, opened.problem);
    this.microphone = opened.value;
    return new PeerLine(opened.value.getAudioTracks()[0]?.clone() ?? null, null);
  }
}

class PeerLine implements VoiceLine {
  readonly status = new Store<LineStatus>('connecting');
  private readonly peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  private readonly speaker = new Audio();

  constructor(
    private readonly track: MediaStreamTrack | null,
    readonly noMicrophone: Problem | null,
  ) {
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
