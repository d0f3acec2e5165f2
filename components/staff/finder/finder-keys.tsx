'use client'

import { type ComponentType, useEffect, useEffectEvent, useState } from 'react'
import { LinkButton } from '@/components/ui/actions/button'
import { useIsRunning } from '@/lib/client/hooks/use-is-running'
import type { Task } from '@/lib/domain/finder/finding'
import { finderWords as words } from './words'

interface Dialogs {
  Finder: ComponentType<{ tasks: readonly Task[]; onClose: () => void }>
  KeyList: ComponentType<{ onClose: () => void }>
}

/** Loaded by the first use. */
async function loadDialogs(): Promise<Dialogs> {
  const [{ Finder }, { KeyList }] = await Promise.all([import('./finder'), import('./key-list')])
  return { Finder, KeyList }
}

/** Opens the finder by Ctrl K, ⌘ K, / and a button, and the list of keys by ?. Renders the button. */
export function FinderKeys({ tasks }: { tasks: readonly Task[] }) {
  const [dialogs, setDialogs] = useState<Dialogs>()
  const [isOpen, setOpen] = useState<'finder' | 'keys'>()
  const isRunning = useIsRunning()

  function open(which: 'finder' | 'keys'): void {
    setOpen(which)
    if (!dialogs) void loadDialogs().then(setDialogs, () => setOpen(undefined))
  }
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k'
    const isFree = !event.ctrlKey && !event.metaKey && !isEditing(event.target)
    const which =
      isChord || (isFree && event.key === '/') ? 'finder' : isFree && event.key === '?' ? 'keys' : null
    if (event.defaultPrevented || !which || document.querySelector('dialog[open]')) return
    event.preventDefault()
    open(which)
  })
  useEffect(() => {
    const stop = new AbortController()
    document.addEventListener('keydown', (event) => onKeyDown(event), stop)
    return () => stop.abort()
  }, [])

  const close = () => setOpen(undefined)
  return (
    <>
      <LinkButton
        type="button"
        aria-keyshortcuts="Control+K Meta+K /"
        disabled={!isRunning}
        onClick={() => open('finder')}
      >
        {words.open}
      </LinkButton>
      {dialogs && isOpen === 'finder' && <dialogs.Finder tasks={tasks} onClose={close} />}
      {dialogs && isOpen === 'keys' && <dialogs.KeyList onClose={close} />}
    </>
  )
}

function isEditing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  )
}
