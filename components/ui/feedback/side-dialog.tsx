'use client'

import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react'

/**
 * A dialog at the side of the window, beside the page it is about; Escape closes it and the focus goes back. Renders a
 * `<dialog>`, closed while `isOpen` is false.
 */
export function SideDialog({
  isOpen,
  ...props
}: Omit<ComponentPropsWithoutRef<'dialog'>, 'className' | 'open'> & { isOpen: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      {...props}
      className="m-0 ms-auto h-dvh max-h-none w-full max-w-136 overflow-y-auto overscroll-contain border-line border-s bg-ground p-6 text-ink backdrop:bg-on-sun/40"
    />
  )
}
