'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/** The subject of a question, which is read out and focused first. Renders a heading and a `<p>`. */
export function QuestionHead({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <header className="grid gap-2">
      <h2 ref={heading} tabIndex={-1} className="display text-title">
        {title}
      </h2>
      <p className="max-w-prose text-small text-soft">{children}</p>
    </header>
  )
}
