'use client'

import { useState } from 'react'
import styles from '@/components/staff/stock/live-units.module.css'

/** A number that lights up for a moment when it changes. Renders a `<span>`. */
export function LiveFigure({ value }: { value: string }) {
  const [shown, setShown] = useState({ value, changes: 0 })
  if (shown.value !== value) setShown({ value, changes: shown.changes + 1 })
  return (
    <span key={shown.changes} className={`figures rounded-small ${shown.changes > 0 ? styles.changed : ''}`}>
      {value}
    </span>
  )
}
