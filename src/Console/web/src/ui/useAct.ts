import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Result } from '../state/ports';

/** Something that an operator asks of the hub: on its way, or refused with a reason. */
export interface Act {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Asks once at a time: null when an earlier question is still open. */
  run<T>(work: () => Promise<Result<T>>): Promise<Result<T> | null>;
}

export function useAct(): Act {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const busy = useRef(false);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  const run = useCallback(async <T>(work: () => Promise<Result<T>>): Promise<Result<T> | null> => {
    if (busy.current) return null;
    busy.current = true;
    setState({ busy: true, problem: null });
    const answer = await work();
    busy.current = false;
    if (shown.current) setState({ busy: false, problem: answer.ok ? null : answer.problem });
    return answer;
  }, []);
  return { ...state, run };
}
