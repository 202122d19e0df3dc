import { PasswordInput } from '@mantine/core';

// The hub refuses a shorter one; said beforehand, so that nobody types one in vain.
const shortest = 12;

export interface Passwords {
  readonly first: string;
  readonly second: string;
}

export function areGood({ first, second }: Passwords): boolean {
  return first.length >= shortest && first === second;
}

/** A new password, twice. */
export function NewPassword({ value, error, onChange }: { value: Passwords; error: string | null; onChange: (value: Passwords) => void }) {
  const differ = value.second !== '' && value.first !== value.second;
  return (
    <>
      <PasswordInput
        label="Password"
        description={`At least ${shortest} characters`}
        autoComplete="new-password"
        required
        minLength={shortest}
        value={value.first}
        error={error}
        onChange={(event) => onChange({ ...value, first: event.currentTarget.value })}
      />
      <PasswordInput
        label="Password, once more"
        autoComplete="new-password"
        required
        value={value.second}
        error={differ ? 'The two are not the same.' : null}
        onChange={(event) => onChange({ ...value, second: event.currentTarget.value })}
      />
    </>
  );
}
