'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Checkbox } from '@/components/ui/forms/check-field'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { drawings } from '@/lib/domain/products/editing/drawings'
import type { SheetPicture } from '@/lib/domain/products/editing/sheet'
import { PictureThumb } from './picture-thumb'
import { newPictureWords } from './words'

/** Adds a picture by its address, or one of our own drawings. Renders fields; they count on saving, too. */
export function NewPicture({
  pictures,
  onChange,
}: {
  pictures: readonly SheetPicture[]
  onChange: (pictures: readonly SheetPicture[]) => void
}) {
  const [src, setSrc] = useState('')
  function add(): void {
    if (src.trim() === '') return
    onChange([...pictures, { src: src.trim(), alt: '', variant_id: null }])
    setSrc('')
  }
  return (
    <Stack gap={3}>
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
      <Disclosure summary={newPictureWords.chooseADrawing}>
        <ul className="mt-2 grid grid-cols-4 gap-3 tablet:grid-cols-8">
          {drawings.map(({ name, src: drawing }) => (
            <li key={drawing}>
              <label className="grid cursor-pointer gap-1.5 has-checked:outline-2 has-checked:outline-ink has-checked:outline-offset-2">
                <PictureThumb src={drawing} />
                <Checkbox
                  name="media.drawn"
                  value={drawing}
                  checked={pictures.some((each) => each.src === drawing)}
                  onChange={(event) =>
                    onChange(
                      event.target.checked
                        ? [...pictures, { src: drawing, alt: '', variant_id: null }]
                        : pictures.filter((each) => each.src !== drawing),
                    )
                  }
                  aria-label={name}
                  className="mx-auto"
                />
              </label>
            </li>
          ))}
        </ul>
      </Disclosure>
    </Stack>
  )
}
