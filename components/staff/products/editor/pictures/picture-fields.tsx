'use client'

import type { MouseEvent } from 'react'
import { useEditing } from '@/components/staff/products/editor/edit-context'
import { FieldHead, FieldNotes } from '@/components/staff/products/editor/field'
import { productLabels, variantName } from '@/components/staff/products/words'
import { Button } from '@/components/ui/actions/button'
import { Input, Select } from '@/components/ui/forms/controls'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { mediaText, picturesOf } from '@/lib/domain/products/editing/media-text'
import { newPicture, type SheetPicture } from '@/lib/domain/products/editing/sheet'
import { photoAt } from '@/lib/domain/products/photo'
import { FocusFields } from './focus-fields'
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
    <Stack as="fieldset" gap={4} shrinks>
      <legend className="contents">
        <FieldHead field="media">
          <Text as="span" size="fine" tone="soft">
            {productLabels.media}
            {pictures.length > 0 && pictureFieldsWords.theFirstIsTheMain}
          </Text>
        </FieldHead>
      </legend>
      {pictures.length > 0 && (
        <Stack as="ol" gap={4}>
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
        </Stack>
      )}
      <FieldNotes field="media" />
      <NewPicture
        pictures={pictures}
        onChange={show}
        onAdd={(src) => set('media', (text) => mediaText([...picturesOf(text), newPicture(src)]))}
      />
    </Stack>
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
      <PictureThumb src={picture.src} focus={[picture.focus_x, picture.focus_y]} />
      <Stack gap={2} columns={2} atTop shrinks>
        <Input
          name={`${name}.alt`}
          value={picture.alt}
          onChange={(event) => onChange({ ...picture, alt: event.target.value })}
          placeholder={pictureFieldsWords.altText}
          aria-label={pictureFieldsWords.altTextOf(which)}
          aria-describedby={picture.alt.trim() === '' ? `${name}.empty` : undefined}
          className="tablet:col-span-2"
        />
        {picture.alt.trim() === '' && (
          <Text as="p" id={`${name}.empty`} size="fine" tone="low" className="tablet:col-span-2">
            {pictureFieldsWords.altTextIsEmpty}
          </Text>
        )}
        {photoAt(picture.src) ? (
          <FocusFields name={name} which={which} picture={picture} onChange={onChange} />
        ) : (
          <Input
            name={`${name}.src`}
            value={picture.src}
            onChange={(event) => onChange({ ...picture, src: event.target.value })}
            aria-label={pictureFieldsWords.urlOf(which)}
            spellCheck={false}
            className="text-fine text-soft"
          />
        )}
        <Select
          name={`${name}.variant_id`}
          value={picture.variant_id ?? ''}
          onChange={(event) => onChange({ ...picture, variant_id: event.target.value || null })}
          aria-label={pictureFieldsWords.variantOf(which)}
        >
          <option value="">{pictureFieldsWords.theProduct}</option>
          {sheet.variants.map((variant) => (
            <option key={variant.id} value={variant.id}>
              {variantName(variant)}
            </option>
          ))}
        </Select>
        <div className="flex gap-2 tablet:col-span-2">
          <input type="hidden" name={`${name}.place`} value={index + 1} />
          <Button
            type="button"
            data-move={-1}
            aria-disabled={index === 0}
            onClick={(event) => move(event, -1)}
            aria-label={pictureFieldsWords.moveUp(which)}
          >
            ↑
          </Button>
          <Button
            type="button"
            data-move={1}
            aria-disabled={isLast}
            onClick={(event) => move(event, 1)}
            aria-label={pictureFieldsWords.moveDown(which)}
          >
            ↓
          </Button>
          <Button type="button" onClick={onRemove} aria-label={pictureFieldsWords.remove(which)}>
            {pictureFieldsWords.remove2}
          </Button>
        </div>
      </Stack>
    </li>
  )
}
