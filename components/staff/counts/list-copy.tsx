'use client'

import { useEffect, useState } from 'react'
import { copiedAt, copyPage } from '@/lib/client/offline/page-copy'
import { CopyNotice } from './copy-notice'
import { listCopyWords } from './words'

const againMs = 3_000

/**
 * Says of a list of counts that was opened without a network what it is, and loads it again once the shop can be
 * reached. The copy is made by the pages of the counts. Renders a `<p>`, empty while the list is no copy.
 */
export function ListCopy({ owner }: { owner: string }) {
  const [since, setSince] = useState<number | null>(null)
  useEffect(() => {
    const madeAt = copiedAt()
    if (madeAt === null) return
    setSince(madeAt)
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      timer = setTimeout(() => copyPage('/staff/counts', owner).then(() => location.reload(), wait), againMs)
    }
    wait()
    return () => clearTimeout(timer)
  }, [owner])
  return <CopyNotice copiedAt={since}>{listCopyWords.countsYouOpenedOnThis}</CopyNotice>
}
