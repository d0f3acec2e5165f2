'use client'

import { useEffect, useRef } from 'react'
import { type PhotoUpload, usePhotoUploads } from '@/components/staff/products/editor/hooks/use-photo-uploads'
import { Button } from '@/components/ui/actions/button'
import { BusyBar } from '@/components/ui/feedback/busy-bar'
import { Problem } from '@/components/ui/feedback/problem'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { uploadWords } from './words'

/** Photos from this device: chosen, dropped on the page or pasted. Renders a button and the photos in transit. */
export function UploadPictures({ onAdd }: { onAdd: (src: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const { uploads, added, add, dismiss } = usePhotoUploads(onAdd)
  useFilesOfPage(input, add)
  return (
    <Stack gap={2}>
      <Row gap={3}>
        <Button type="button" onClick={() => input.current?.click()}>
          {uploadWords.addPhotos}
        </Button>
        <Text as="span" size="fine" tone="soft">
          {uploadWords.dropHint}
        </Text>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept="image/jpeg,image/png,image/webp"
          aria-label={uploadWords.addPhotos}
          onChange={({ target }) => {
            add([...(target.files ?? [])])
            target.value = ''
          }}
        />
      </Row>
      {uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} onDismiss={() => dismiss(upload.id)} />
      ))}
      <Text size="fine" tone="soft" role="status" hidesEmpty>
        {added > 0 && uploads.every(({ problem }) => problem !== null) && uploadWords.added(added)}
      </Text>
    </Stack>
  )
}

function UploadLine({ upload, onDismiss }: { upload: PhotoUpload; onDismiss: () => void }) {
  const { name, share, problem } = upload
  if (problem)
    return (
      <Row gap={3}>
        <Problem>
          {name} {uploadWords.problems[problem]}
        </Problem>
        <Button type="button" onClick={onDismiss} aria-label={uploadWords.dismiss(name)}>
          {uploadWords.dismissShort}
        </Button>
      </Row>
    )
  const percent = Math.round((share ?? 0) * 100)
  const words =
    share === null
      ? uploadWords.waiting(name)
      : share < 1
        ? uploadWords.uploading(name, percent)
        : uploadWords.preparing(name)
  return (
    <Row gap={3}>
      <BusyBar label={words} percent={share === 1 ? undefined : percent} />
      <Text as="span" size="fine" tone="soft" breaks>
        {words}
      </Text>
    </Row>
  )
}

/** Files that are dropped or pasted anywhere on the page, while the field can be used. */
function useFilesOfPage(
  input: React.RefObject<HTMLInputElement | null>,
  add: (files: readonly File[]) => void,
): void {
  useEffect(() => {
    const isOn = () => input.current !== null && !input.current.matches(':disabled')
    const take = (event: Event, data: DataTransfer | null) => {
      if (!isOn() || !data || data.files.length === 0) return
      event.preventDefault()
      add([...data.files])
    }
    const onDrop = (event: DragEvent) => take(event, event.dataTransfer)
    const onPaste = (event: ClipboardEvent) => take(event, event.clipboardData)
    const onDragOver = (event: DragEvent) => {
      if (isOn() && [...(event.dataTransfer?.items ?? [])].some(({ kind }) => kind === 'file'))
        event.preventDefault()
    }
    document.addEventListener('drop', onDrop)
    document.addEventListener('paste', onPaste)
    document.addEventListener('dragover', onDragOver)
    return () => {
      document.removeEventListener('drop', onDrop)
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('dragover', onDragOver)
    }
  })
}
