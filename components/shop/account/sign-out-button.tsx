'use client'

import { Button, LinkButton } from '@/components/ui/actions/button'
import { forgetCopies } from '@/lib/client/offline/page-copy'
import { signOutButtonWords } from './words'

/**
 * The button of a form that signs out. It first deletes the pages that this device keeps for the account, also without a
 * network. Renders a `<button>`.
 */
export function SignOutButton({ look }: { look: 'link' | 'text' | 'button' }) {
  const props = { onClick: () => void forgetCopies(), children: signOutButtonWords.signOut }
  if (look === 'button') return <Button {...props} />
  return <LinkButton type="submit" size={look === 'text' ? 'text' : 'small'} {...props} />
}
