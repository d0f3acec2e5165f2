/** How staff name a guest or an account: by six digits, which identify nobody elsewhere. */
export function guestWords({ guest, is_account }: { guest: string; is_account: boolean }): string {
  return `${is_account ? 'account' : 'guest'} ${guest}`
}

/** A blocked caller, by what the database calls it. */
export function subjectWords(subject: string): string {
  const kind = { g: 'Guest', u: 'Account', n: 'Network' }[subject.charAt(0)] ?? 'Caller'
  return `${kind} ${subject.slice(2).replaceAll('-', '').slice(0, 6)}`
}
