'use client'

import { forgetCopies } from '@/lib/client/offline/page-copy'
import { signOutButtonWords } from './words'

/** The button of a form that signs out. What this device has kept of a person's pages goes first, also without a network. */
export function SignOutButton({ className }: { className: string }) {
  return (
    <button type="submit" onClick={() => void forgetCopies()} className={className}>
      {signOutButtonWords.signOut}
    </button>
  )
}
