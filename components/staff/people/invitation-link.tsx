'use client'

import { invitationLinkWords } from './words'

/** A link that is shown once, selected and ready to be copied. Renders a labelled `<input>`. */
export function InvitationLink({ link }: { link: string }) {
  return (
    <label className="mt-2 grid gap-1">
      <span className="sr-only">{invitationLinkWords.link}</span>
      <input
        readOnly
        value={link}
        // biome-ignore lint/a11y/noAutofocus: it is shown now and never again, and has to be copied
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        className="min-w-0 bg-sunken px-3 py-2 text-fine"
      />
    </label>
  )
}
