'use client'

import { type ComponentProps, useRef, useState } from 'react'

type Suggestions = typeof import('./suggestions').Suggestions

/** A search field that suggests products. They are loaded by its first focus; offline there are none. Renders an `<input>`. */
export function SuggestInput(props: ComponentProps<'input'>) {
  const input = useRef<HTMLInputElement>(null)
  const [Suggestions, setSuggestions] = useState<Suggestions>()
  const load = () =>
    import('./suggestions').then(
      (loaded) => setSuggestions(() => loaded.Suggestions),
      () => undefined,
    )
  return (
    <>
      <input {...props} ref={input} onFocus={load} onInput={load} />
      {Suggestions && <Suggestions field={input} />}
    </>
  )
}
