'use client'

import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'

/** Rows drawn beyond the edge of the screen on either side, so that nobody scrolls into nothing. */
const beyond = 5

export interface DrawnRow {
  index: number
  /** Pixels between it and the drawn row before, or the top of the list. */
  gap: number
}

/**
 * Which rows of a long list to draw, scrolled with the page itself: those on screen, a few more, and the one with the
 * focus, wherever it is. Gaps replace the rest.
 */
export function useWindow(
  list: RefObject<HTMLElement | null>,
  { count, rowHeight, focused }: { count: number; rowHeight: number; focused: number },
): { rows: DrawnRow[]; gapBelow: number; measure: (row: Element | null) => void } {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measureTop = () => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
    measureTop()
    const observer = new ResizeObserver(measureTop)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [list])

  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range)
      return focused >= count || drawn.includes(focused) ? drawn : [...drawn, focused].sort((a, b) => a - b)
    },
    [focused, count],
  )
  // Rows that were never drawn are taken to be as high as one that was.
  const typicalHeight = useRef(rowHeight)
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => typicalHeight.current,
    overscan: beyond,
    scrollMargin: top,
    rangeExtractor,
    useFlushSync: false,
  })

  const measure = useCallback(
    (row: Element | null) => {
      if (row && typicalHeight.current === rowHeight)
        typicalHeight.current = row.getBoundingClientRect().height
      virtualizer.measureElement(row)
    },
    [virtualizer, rowHeight],
  )

  let end = top
  const rows = virtualizer.getVirtualItems().map(({ index, start, end: bottom }) => {
    const gap = Math.max(0, start - end)
    end = bottom
    return { index, gap }
  })
  return {
    rows,
    gapBelow: Math.max(0, top + virtualizer.getTotalSize() - end),
    measure,
  }
}
