'use client'

import { useEffect, useRef, useState } from 'react'
import { variantName } from '@/components/staff/products/words'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Input } from '@/components/ui/forms/controls'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { listIn, listText } from '@/lib/domain/products/editing/lists'
import { mostOptions, optionFields } from '@/lib/domain/products/editing/options'
import { fieldOf, textsOf } from '@/lib/domain/products/editing/texts'
import { useEditing } from './edit-context'
import { FieldHead, FieldNotes } from './field'
import { optionFieldsWords } from './words'

/**
 * The options of a product: a row of names, then a row of values for each variant. Folded away without changes.
 * Renders a `<details>`.
 */
export function OptionFields() {
  const { sheet, texts, problems, contested } = useEditing()
  const rows = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    if (asked > 0) rows.current?.querySelector<HTMLElement>(`[data-place="${asked}"]`)?.focus()
  }, [asked])

  const fields = optionFields(sheet)
  const saved = textsOf(sheet)
  const isAtWork = fields.some(
    (field) => problems[field] || contested.has(field) || texts[field] !== saved[field],
  )
  const typed = Math.max(...fields.map((field) => listIn(texts[field]).length))
  const places = Math.min(mostOptions, Math.max(typed, asked))
  const names = listIn(texts.option_names)
  return (
    <Disclosure
      open={isOpen || isAtWork}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      summary={
        sheet.option_names.length > 0
          ? optionFieldsWords.options(sheet.option_names.join(', '))
          : optionFieldsWords.noOptionsYet
      }
    >
      <Stack ref={rows} gap={4}>
        {places > 0 && (
          <ListField
            field="option_names"
            title={optionFieldsWords.optionNames}
            places={places}
            labelOf={(place) => optionFieldsWords.option(place + 1)}
            hintOf={(place) => (place < sheet.option_names.length ? '' : optionFieldsWords.colour)}
          />
        )}
        {places > 0 &&
          sheet.variants.map((variant) => (
            <ListField
              key={variant.id}
              field={fieldOf(variant.id, 'option_values')}
              title={variantName(variant)}
              note={variant.option_values.length > 0 ? variant.sku : ''}
              places={places}
              labelOf={(place) =>
                optionFieldsWords.ofIt(
                  names[place] || optionFieldsWords.option(place + 1),
                  variantName(variant),
                )
              }
              hintOf={(place) => names[place] ?? ''}
            />
          ))}
        {places < mostOptions && (
          <Button place="start" type="button" onClick={() => setAsked(places + 1)}>
            {optionFieldsWords.addAnOption}
          </Button>
        )}
      </Stack>
    </Disclosure>
  )
}

const columnsOf = ['', 'grid-cols-1', 'grid-cols-2', 'grid-cols-3']

/** One list, an `<input>` for each of its places. Renders a `<div>`. */
function ListField({
  field,
  title,
  note = '',
  places,
  labelOf,
  hintOf,
}: {
  field: string
  title: string
  note?: string
  places: number
  labelOf: (place: number) => string
  hintOf: (place: number) => string
}) {
  const { texts, set, problems } = useEditing()
  const entries = listIn(texts[field])
  const isFull = entries.length === places && entries.every((entry) => entry.trim() !== '')
  return (
    <Stack gap={1} shrinks>
      <FieldHead field={field}>
        <Text as="span" size="fine" tone="soft">
          {title}{' '}
          <Text as="span" figures breaks>
            {note}
          </Text>
        </Text>
      </FieldHead>
      <div className={`grid gap-2 ${columnsOf[places]}`}>
        {Array.from({ length: places }, (_, place) => (
          <Input
            isWide
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place.
            key={place}
            name={field}
            data-place={place + 1}
            value={entries[place] ?? ''}
            placeholder={hintOf(place)}
            aria-label={labelOf(place)}
            // Where something is missing, that is what is wrong, and where the focus goes.
            aria-invalid={problems[field] && (isFull || !entries[place]?.trim()) ? true : undefined}
            aria-describedby={problems[field] ? `${field}-problem` : undefined}
            autoComplete="off"
            onChange={({ target }) =>
              set(
                field,
                listText(
                  Array.from({ length: places }, (_, at) =>
                    at === place ? target.value : (entries[at] ?? ''),
                  ),
                ),
              )
            }
          />
        ))}
      </div>
      <FieldNotes field={field} />
    </Stack>
  )
}
