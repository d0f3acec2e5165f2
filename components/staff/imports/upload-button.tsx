'use client'

import { useEffect, useRef, useState } from 'react'
import { primaryButton } from '@/components/staff/forms/controls'

/**
 * Sends the form around it once; while the file is uploaded, says so and shows a bar. For a form that is posted to a route,
 * of which React does not know that it is being sent. Renders a `<button>`, and a `<progress>` in the meantime.
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
      <button
        ref={button}
        type="submit"
        aria-disabled={isSending}
        onClick={(event) => isSending && event.preventDefault()}
        className={primaryButton}
      >
        {isSending ? busy : children}
      </button>
      {isSending && <progress className="w-40 self-center accent-action" aria-label={busy} />}
    </>
  )
}
