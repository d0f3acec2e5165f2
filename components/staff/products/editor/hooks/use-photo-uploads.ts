'use client'

import { useEffect, useRef, useState } from 'react'
import { postWithProgress } from '@/lib/client/browser/upload'
import { kindOf, largestPhoto, type PhotoProblem, UploadAnswer } from '@/lib/domain/products/upload'

/** A photo that is on the way to the shop. Without a problem it leaves the list when it has arrived. */
export interface PhotoUpload {
  id: number
  name: string
  /** The part that was sent, 0 to 1; null before it begins. */
  share: number | null
  problem: PhotoProblem | null
}

let lastId = 0

/** Uploads photos one after the other. `onAdd` is called for each with its address. */
export function usePhotoUploads(onAdd: (src: string) => void) {
  const [uploads, setUploads] = useState<readonly PhotoUpload[]>([])
  const [added, setAdded] = useState(0)
  const latest = useRef(onAdd)
  useEffect(() => {
    latest.current = onAdd
  })
  const line = useRef<Promise<unknown>>(Promise.resolve())

  function change(id: number, part: Partial<PhotoUpload> | null): void {
    setUploads((all) =>
      all.flatMap((each) => (each.id !== id ? each : part === null ? [] : { ...each, ...part })),
    )
  }

  async function send(id: number, file: File): Promise<void> {
    const problem = await problemOf(file)
    if (problem) return change(id, { problem })
    change(id, { share: 0 })
    const form = new FormData()
    form.set('photo', file)
    const answer = UploadAnswer.safeParse(
      await postWithProgress('/staff/products/pictures', form, (share) => change(id, { share })),
    )
    if (!answer.success) return change(id, { problem: 'unavailable' })
    if ('problem' in answer.data) return change(id, { problem: answer.data.problem })
    latest.current(answer.data.src)
    setAdded((count) => count + 1)
    change(id, null)
  }

  return {
    uploads,
    /** Photos that arrived since this page was opened. */
    added,
    add(files: readonly File[]) {
      for (const file of files) {
        lastId += 1
        const id = lastId
        setUploads((all) => [...all, { id, name: file.name, share: null, problem: null }])
        line.current = line.current.then(() => send(id, file))
      }
    },
    dismiss: (id: number) => change(id, null),
  }
}

/** A problem that needs no upload to be seen; the server checks again. */
async function problemOf(file: File): Promise<PhotoProblem | null> {
  if (file.size > largestPhoto) return 'too_large'
  try {
    const kind = kindOf(new Uint8Array(await file.slice(0, 512).arrayBuffer()))
    return kind === 'photo' ? null : kind === 'other' ? 'not_a_photo' : kind
  } catch {
    return 'broken' // a folder that was dropped, or a file that is gone
  }
}
