'use client'

import { useLinkStatus } from 'next/link'

/** Marks the page while the link around it is followed; globals.css shows a bar for it. Renders nothing otherwise. */
export function LinkSign() {
  return useLinkStatus().pending ? <span data-following hidden /> : null
}
