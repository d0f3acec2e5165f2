'use client'

import { useState } from 'react'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
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
    <div className="grid gap-3">
      <div className="flex items-end gap-2">
        <label className="grid min-w-0 grow gap-1">
          <span className={labelText}>{newPictureWords.addImageByUrl}</span>
          <input
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
            className={`${fieldBox} w-full`}
          />
        </label>
        <button type="button" onClick={add} className={quietButton}>
          {newPictureWords.addPicture}
        </button>
      </div>
      <details>
        <summary className="w-fit cursor-pointer py-1 text-link text-small">
          {newPictureWords.chooseADrawing}
        </summary>
        <ul className="mt-2 grid grid-cols-4 gap-3 tablet:grid-cols-8">
          {drawings.map(({ name, src: drawing }) => (
            <li key={drawing}>
              <label className="grid cursor-pointer gap-1.5 has-checked:outline-2 has-checked:outline-ink has-checked:outline-offset-2">
                <PictureThumb src={drawing} />
                <input
                  type="checkbox"
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
                  className="mx-auto size-5"
                />
              </label>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
