'use client'

import type { MouseEvent } from 'react'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { useEditing } from '@/components/staff/products/editor/edit-context'
import { FieldHead, FieldNotes } from '@/components/staff/products/editor/field'
import { productLabels, variantName } from '@/components/staff/products/words'
import type { SheetPicture } from '@/lib/domain/products/editing/sheet'
import { mediaText, picturesOf } from '@/lib/domain/products/editing/texts'
import { NewPicture } from './new-picture'
import { PictureThumb } from './picture-thumb'
import { pictureFieldsWords } from './words'

/** The pictures of a product in their order; one may belong to a variant. Renders a `<fieldset>`. */
export function PictureFields() {
  const { texts, set } = useEditing()
  const pictures = picturesOf(texts.media)
  const show = (next: readonly SheetPicture[]) => set('media', mediaText(next))
  const swap = (index: number, other: number) => {
    const [one, two] = [pictures[index], pictures[other]]
    if (one && two) show(pictures.map((each, at) => (at === index ? two : at === other ? one : each)))
  }
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="contents">
        <FieldHead field="media">
          <span className={labelText}>
            {productLabels.media}
            {pictures.length > 0 && pictureFieldsWords.theFirstIsTheMain}
          </span>
        </FieldHead>
      </legend>
      {pictures.length > 0 && (
        <ol className="grid gap-4">
          {pictures.map((picture, index) => (
            <PictureRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place; its address may be being typed.
              key={index}
              picture={picture}
              index={index}
              isLast={index === pictures.length - 1}
              onChange={(changed) => show(pictures.map((each, at) => (at === index ? changed : each)))}
              onMove={(by) => swap(index, index + by)}
              onRemove={() => show(pictures.filter((_, at) => at !== index))}
            />
          ))}
        </ol>
      )}
      <FieldNotes field="media" />
      <NewPicture pictures={pictures} onChange={show} />
    </fieldset>
  )
}

function PictureRow({
  picture,
  index,
  isLast,
  onChange,
  onMove,
  onRemove,
}: {
  picture: SheetPicture
  index: number
  isLast: boolean
  onChange: (picture: SheetPicture) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}) {
  const { sheet } = useEditing()
  const name = `media.${index}`
  const which = pictureFieldsWords.picture(index + 1)
  /** The focus goes with the picture, so that it can be moved on. */
  function move({ currentTarget }: MouseEvent<HTMLButtonElement>, by: -1 | 1): void {
    const row = currentTarget.closest('li')
    const there = by < 0 ? row?.previousElementSibling : row?.nextElementSibling
    if (!there) return
    there.querySelector<HTMLElement>(`[data-move="${by}"]`)?.focus()
    onMove(by)
  }
  return (
    <li className="grid grid-cols-[4rem_1fr] gap-x-4 gap-y-2">
      <PictureThumb src={picture.src} />
      <div className="grid min-w-0 content-start gap-2 tablet:grid-cols-2">
        <input
          name={`${name}.alt`}
          value={picture.alt}
          onChange={(event) => onChange({ ...picture, alt: event.target.value })}
          placeholder={pictureFieldsWords.altText}
          aria-label={pictureFieldsWords.altTextOf(which)}
          className={`${fieldBox} tablet:col-span-2`}
        />
        <input
          name={`${name}.src`}
          value={picture.src}
          onChange={(event) => onChange({ ...picture, src: event.target.value })}
          aria-label={pictureFieldsWords.urlOf(which)}
          spellCheck={false}
          className={`${fieldBox} text-fine text-soft`}
        />
        <select
          name={`${name}.variant_id`}
          value={picture.variant_id ?? ''}
          onChange={(event) => onChange({ ...picture, variant_id: event.target.value || null })}
          aria-label={pictureFieldsWords.variantOf(which)}
          className={fieldBox}
        >
          <option value="">{pictureFieldsWords.theProduct}</option>
          {sheet.variants.map((variant) => (
            <option key={variant.id} value={variant.id}>
              {variantName(variant)}
            </option>
          ))}
        </select>
        <div className="flex gap-2 tablet:col-span-2">
          <input type="hidden" name={`${name}.place`} value={index + 1} />
          <button
            type="button"
            data-move={-1}
            aria-disabled={index === 0}
            onClick={(event) => move(event, -1)}
            className={quietButton}
            aria-label={pictureFieldsWords.moveUp(which)}
          >
            ↑
          </button>
          <button
            type="button"
            data-move={1}
            aria-disabled={isLast}
            onClick={(event) => move(event, 1)}
            className={quietButton}
            aria-label={pictureFieldsWords.moveDown(which)}
          >
            ↓
          </button>
          <button
            type="button"
            onClick={onRemove}
            className={quietButton}
            aria-label={pictureFieldsWords.remove(which)}
          >
            Remove
          </button>
        </div>
      </div>
    </li>
  )
}
