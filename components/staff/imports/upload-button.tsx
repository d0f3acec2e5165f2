'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/actions/button'
import { BusyBar } from '@/components/ui/feedback/busy-bar'

/**
 * Sends the form around it once, with a bar and its own words during the upload. For a form that is posted to a
 * route: React does not know that it is being sent. Renders a `<button>`, then also a `<progress>`.
 */
export function UploadButton({ children, busy }: { children: string; busy: string }) {
  const button = useRef<HTMLButtonElement>(null)
  const [isSending, setIsSending] = useState(false)
  useEffect(() => {
    const form = button.current?.form
    const begin = () => setIsSending(true)
    form?.addEventListener('submit', begin)
    // A page that the back button brings back has sent nothing.
    const end = () => setIsSending(false)
    window.addEventListener('pageshow', end)
    return () => {
      form?.removeEventListener('submit', begin)
      window.removeEventListener('pageshow', end)
    }
  }, [])
  return (
    <>
      <Button
        kind="primary"
        ref={button}
        aria-disabled={isSending}
        onClick={(event) => isSending && event.preventDefault()}
      >
        {isSending ? busy : children}
      </Button>
      {isSending && <BusyBar label={busy} />}
    </>
  )
}
