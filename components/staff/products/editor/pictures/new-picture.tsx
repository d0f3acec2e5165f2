'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/actions/button'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { newPicture, type SheetPicture } from '@/lib/domain/products/editing/sheet'
import { UploadPictures } from './upload-pictures'
import { newPictureWords } from './words'

/** Adds photos from this device, a picture by its address. Renders fields; they count on saving, too. */
export function NewPicture({
  pictures,
  onChange,
  onAdd,
}: {
  pictures: readonly SheetPicture[]
  /** A photo that arrived, after however many other changes. */
  onAdd: (src: string) => void
  onChange: (pictures: readonly SheetPicture[]) => void
}) {
  const [src, setSrc] = useState('')
  function add(): void {
    if (src.trim() === '') return
    onChange([...pictures, newPicture(src.trim())])
    setSrc('')
  }
  return (
    <Stack gap={3}>
      <UploadPictures onAdd={onAdd} />
      <Row gap={2} align="end" isLine>
        <TextField
          label={newPictureWords.addImageByUrl}
          name="media.new.src"
          type="text"
          value={src}
          onChange={(event) => setSrc(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
          placeholder={newPictureWords.https}
          spellCheck={false}
          autoComplete="off"
          isWide
          className="grow"
        />
        <Button type="button" onClick={add}>
          {newPictureWords.addPicture}
        </Button>
      </Row>
    </Stack>
  )
}
