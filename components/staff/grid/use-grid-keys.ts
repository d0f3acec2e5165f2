'use client'

import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { type Cell, gridColumns } from './columns'
import { type Extent, nextCell } from './next-cell'

export interface GridKeys {
  /** The one cell that Tab reaches. Its variant must be rendered, in view or not. */
  active: Cell
  /** Gives the focus to that cell. */
  focus: () => void
  props: {
    onKeyDown: (event: KeyboardEvent<HTMLTableElement>) => void
    onFocus: (event: FocusEvent<HTMLTableElement>) => void
  }
}

/**
 * The keyboard of an ARIA grid: arrows, Home, End and the page keys move between cells; a digit or a sign begins an
 * adjustment of the row; Escape gives it up. What Enter and Space do is up to the link, checkbox or form in the cell.
 */
export function useGridKeys(table: RefObject<HTMLTableElement | null>, extent: Extent): GridKeys {
  const [chosen, setActive] = useState<Cell>({ index: 0, place: 0, column: 'variant' })
  // The list may have become shorter since, and Tab has to reach something of it.
  const active = within(chosen, extent)
  const isMoving = useRef(false)

  useLayoutEffect(() => {
    if (!isMoving.current) return
    isMoving.current = false
    const target = targetOf(table.current, active)
    target?.focus()
    // Far away, rows are drawn and measured only now, and may push it out of sight again.
    requestAnimationFrame(() => target?.scrollIntoView({ block: 'nearest' }))
  }, [table, active])

  const go = useCallback((cell: Cell) => {
    isMoving.current = true
    setActive(cell)
  }, [])

  function onKeyDown(event: KeyboardEvent<HTMLTableElement>): void {
    const from = cellOf(event.target)
    if (!from || event.altKey || event.metaKey || event.nativeEvent.isComposing) return
    const field = fieldOf(event.target)
    if (event.key === 'Escape' && field) {
      event.preventDefault()
      if (field.value === '') go({ ...from, column: 'available' })
      else giveUp(field)
      return
    }
    if (extent.mayAdjust && !field && !event.ctrlKey && /^[0-9+−-]$/.test(event.key)) {
      // The field has the focus before the key is typed, so it is typed there.
      const delta = targetOf(table.current, { ...from, column: 'adjust' })
      if (delta instanceof HTMLInputElement) delta.select()
      return
    }
    if (event.target instanceof HTMLSelectElement || (field && keepsKey(field, event.key))) return
    const to = nextCell(from, event.key, event.ctrlKey, extent)
    if (!to) return
    event.preventDefault()
    go(to)
  }

  function onFocus(event: FocusEvent<HTMLTableElement>): void {
    const cell = cellOf(event.target)
    if (cell) setActive((last) => (isSame(last, cell) ? last : cell))
  }

  return { active, focus: () => targetOf(table.current, active)?.focus(), props: { onKeyDown, onFocus } }
}

function within(cell: Cell, { variants, places }: Extent): Cell {
  if (cell.index < variants && cell.place < places) return cell
  return { ...cell, index: Math.min(cell.index, variants - 1), place: Math.min(cell.place, places - 1) }
}

function cellOf(target: EventTarget): Cell | null {
  if (!(target instanceof Element)) return null
  const named = target.closest<HTMLElement>('[data-column]')?.dataset.column
  const place = target.closest<HTMLElement>('[data-place]')?.dataset.place
  const index = target.closest<HTMLElement>('[data-index]')?.dataset.index
  const column = gridColumns.find((each) => each === named)
  return column ? { index: Number(index), place: Number(place), column } : null
}

/** The element that has the focus when its cell has it. */
function targetOf(table: HTMLTableElement | null, { index, place, column }: Cell): HTMLElement | null {
  const row = table?.querySelector(`[data-index="${index}"] [data-place="${place}"]`)
  const cell = row?.querySelector<HTMLElement>(`[data-column="${column}"]`)
  return cell?.matches('a, input')
    ? cell
    : (cell?.querySelector('a, input:not([type=hidden])') ?? cell ?? null)
}

/** The number typed into a row, if that is where the focus is. */
function fieldOf(target: EventTarget): HTMLInputElement | null {
  return target instanceof HTMLInputElement && target.type !== 'checkbox' ? target : null
}

/** Left and right move in the text while there is any, Home and End always. */
function keepsKey(field: HTMLInputElement, key: string): boolean {
  return ['Home', 'End'].includes(key) || (field.value !== '' && ['ArrowLeft', 'ArrowRight'].includes(key))
}

/** Empties a field as typing would: listeners are told. */
function giveUp(field: HTMLInputElement): void {
  field.form?.reset()
}

function isSame(one: Cell, other: Cell): boolean {
  return one.index === other.index && one.place === other.place && one.column === other.column
}
