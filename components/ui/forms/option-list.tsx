'use client'

import type { ReactNode } from 'react'
import styles from './option-list.module.css'

/**
 * The options of a combobox, below the field that keeps the focus and has the keys. Renders a listbox over the page; the
 * options are `<id>-0`, `<id>-1` and so on.
 *
 * @param chosen the place of the option that the keys are on; -1 for none.
 */
export function OptionList({
  id,
  label,
  options,
  chosen,
  onChoose,
}: {
  id: string
  label: string
  options: readonly { key: string; text: string }[]
  chosen: number
  onChoose: (at: number) => void
}) {
  return (
    <div id={id} role="listbox" aria-label={label} className={styles.list}>
      {options.map(({ key, text }, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys.
        <div
          key={key}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(at)}
        >
          {text}
        </div>
      ))}
    </div>
  )
}

/** A field with its options below it. Renders a `<div>`. */
export function OptionFrame({ children }: { children: ReactNode }) {
  return <div className={styles.frame}>{children}</div>
}
