import type { Problem, Result } from '../state/ports';

/** Asks for the microphone once; every room that is talked into gets its own track of it. */
export async function openMicrophone(): Promise<Result<MediaStream>> {
  if (!window.isSecureContext || !('mediaDevices' in navigator)) return refused('voice.insecure', insecure());
  try {
    return { ok: true, value: await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } }) };
  } catch (error) {
    return refused('voice.microphone', inWords(error instanceof DOMException ? error.name : ''));
  }
}

function insecure(): string {
  return `The browser gives no microphone to ${location.origin}, because the connection is not secure. Open the console by https, or on the hub's own machine by http://localhost; docs/browser-voice.md says how to get a certificate.`;
}

/** What getUserMedia says by the names of its errors. */
export function inWords(error: string): string {
  switch (error) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser was not allowed to use the microphone. Allow it at the lock in the address line, then listen again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'There is no microphone. Plug one in, then listen again.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The microphone cannot be read; another program may hold it. Close that, then listen again.';
  }
  return 'The microphone could not be opened. Check it in the settings of the system, then listen again.';
}

function refused(code: string, text: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { status: 0, code, text, field: null } };
}
