'use client'

import { catchError } from 'next/error'

/** Keeps a number that could not be read from taking the page with it; says so, and tries again on request. */
export const StockBoundary = catchError((_props: object, { retry }) => (
  <button type="button" onClick={retry} className="underlined relative z-10 text-soft">
    Stock unknown, try again
  </button>
))
