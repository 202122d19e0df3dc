import { useEffect } from 'react';
import type { Voices } from '../state/voice/voices';

/** The space bar is the push-to-talk key, wherever on the page it is not needed for something else. */
export function useTalkKey(voices: Voices): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || isForSomethingElse(event.target)) return;
      event.preventDefault();
      if (!event.repeat) voices.press();
    };
    const release = (event: KeyboardEvent) => {
      if (event.code === 'Space') voices.release();
    };
    // A key that goes up while the window is not looked at tells nobody.
    const letGo = () => voices.release();
    window.addEventListener('keydown', press);
    window.addEventListener('keyup', release);
    window.addEventListener('blur', letGo);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', letGo);
    };
  }, [voices]);
}

function isForSomethingElse(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, button, a, summary, [role="slider"], [role="tab"], [contenteditable="true"]') !== null;
}
