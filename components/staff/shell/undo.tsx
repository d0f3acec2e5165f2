'use client'

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '@/components/ui/actions/button'
import { WithFoot } from '@/components/ui/layout/with-foot'
import { undoStockChange } from '@/lib/actions/staff/stock'
import { useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { withDelta } from '@/lib/domain/stock/stock'
import { refusalWords } from './refusal-words'
import { undoWords } from './words'

/** A change of this person that can be undone. */
interface Change {
  /** The idempotency key of the change. */
  key: string
  /** "+3 Received: Moon Jar, Small, The shop". */
  words: string
  /** The one level it moved, to show it moved back at once; none when it moved several. */
  level?: { id: string; delta: number }
}

const UndoContext = createContext<{
  remember: (change: Change) => void
  /** The key of the change that was undone last, until the next one. */
  undoneKey: string | null
  foot: HTMLElement | null
} | null>(null)

/** Remembers a change that was just saved. */
export function useUndo(): (change: Change) => void {
  return useProvider().remember
}

/** The key of the change that was undone last, which is no longer saved. */
export function useUndoneKey(): string | null {
  return useProvider().undoneKey
}

/** Puts something at the foot of the window, above the offer to undo. */
export function AtTheFoot({ children }: { children: ReactNode }) {
  const { foot } = useProvider()
  return foot && createPortal(children, foot)
}

function useProvider() {
  const provider = use(UndoContext)
  if (!provider) throw new Error('useUndo was called outside <UndoProvider>, which offers what it remembers.')
  return provider
}

const remembered = 50

/**
 * Offers to undo the last change made on this page, then the one before, by a button or Ctrl Z. Changes by other
 * staff stay. Renders its children and a bar at the foot of the window.
 */
export function UndoProvider({
  locations,
  children,
}: {
  locations: readonly Location[]
  children: ReactNode
}) {
  const [changes, setChanges] = useState<readonly Change[]>([])
  const [undone, setUndone] = useState<Change | null>(null)
  const remember = useCallback((change: Change) => {
    setUndone(null)
    setChanges((all) => [...all, change].slice(-remembered))
  }, [])
  const [foot, setFoot] = useState<HTMLElement | null>(null)
  const undoneKey = undone?.key ?? null
  const provider = useMemo(() => ({ remember, undoneKey, foot }), [remember, undoneKey, foot])
  const last = changes.at(-1)
  const applyOptimistic = useOptimisticRows(stockLevels, (fields) => {
    const level = changes.find(({ key }) => key === fields.get('change'))?.level
    return (
      level && {
        id: level.id,
        apply: (row) => withDelta(row, -level.delta),
        isIn: (before, after) => after.on_hand - before.on_hand === -level.delta,
      }
    )
  })
  const { send, isPending, answer, isUnanswered } = useForm(undoStockChange, {
    applyOptimistic,
    onAnswer(answer, { fields }) {
      const isOf = ({ key }: Change) => key === fields.get('change')
      if (answer.ok) setUndone(changes.find(isOf) ?? null)
      if (answer.ok || answer.error.code === 'already_undone')
        setChanges((all) => all.filter((each) => !isOf(each)))
    },
  })

  function undo(change: Change): void {
    const fields = new FormData()
    fields.set('change', change.key)
    send(fields)
  }

  useEffect(() => {
    if (!last || isPending) return
    const listen = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey
      const { target } = event
      const isTyping = target instanceof HTMLInputElement && target.type !== 'checkbox' && target.value !== ''
      if (!isUndo || isTyping) return
      event.preventDefault()
      undo(last)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  })

  const trouble = isPending
    ? null
    : isUnanswered
      ? undoWords.unanswered
      : answer?.ok === false && refusalWords(answer.error, locations)
  const words = trouble || (undone ? undoWords.undone(undone.words) : last ? `${last.words}.` : '')

  // The pressed button at the foot of the window is scrolled out from under the notice.
  useEffect(() => {
    const { activeElement } = document
    const box = activeElement?.getBoundingClientRect()
    if (words !== '' && box && box.top < innerHeight && box.bottom > 0)
      activeElement?.scrollIntoView({ block: 'nearest' })
  }, [words])

  return (
    <UndoContext value={provider}>
      <WithFoot
        foot={
          <>
            <div ref={setFoot} />
            <section
              aria-label={undoWords.lastChange}
              data-open={words !== '' || undefined}
              className="hidden items-center gap-4 border-line border-t bg-raised px-(--gutter) py-3 text-small data-open:flex"
            >
              <p role="status" data-trouble={trouble ? true : undefined} className="data-trouble:text-danger">
                {words}
              </p>
              {last && (
                <Button
                  place="end"
                  type="button"
                  onClick={() => undo(last)}
                  aria-disabled={isPending}
                  aria-keyshortcuts="Control+Z Meta+Z"
                >
                  {undone || trouble ? undoWords.undo(last.words) : undoWords.undo2}
                </Button>
              )}
            </section>
          </>
        }
      >
        {children}
      </WithFoot>
    </UndoContext>
  )
}
