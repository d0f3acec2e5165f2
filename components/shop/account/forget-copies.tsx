'use client'

import { useEffect } from 'react'
import { forgetCopies } from '@/lib/client/offline/page-copy'

/** On pages for who is not signed in, however that came about: of whoever was, no page stays on this device. */
export function ForgetCopies() {
  useEffect(() => void forgetCopies(), [])
  return null
}
