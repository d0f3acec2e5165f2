'use client'

import { useState } from 'react'
import styles from './live-units.module.css'

/** A number of units that lights up for a moment when it changes; zero is dimmed. Renders a `<span>`. */
export function LiveUnits({ count }: { count: number }) {
  const [shown, setShown] = useState({ count, changes: 0 })
  if (shown.count !== count) setShown({ count, changes: shown.changes + 1 })
  return (
    <span
      key={shown.changes}
      data-zero={count === 0 || undefined}
      className={`figures rounded-small data-zero:text-soft ${shown.changes > 0 ? styles.changed : ''}`}
    >
      {count}
    </span>
  )
}
