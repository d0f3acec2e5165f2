import type { ComponentPropsWithRef } from 'react'

/** An HTML element that a component of the kit may render. */
export type Tag = keyof HTMLElementTagNameMap

/** The looks of a component, the element it renders, and everything that this element takes. */
export type As<Own extends Tag, Looks> = Looks & { as?: Own } & Omit<
    ComponentPropsWithRef<Own>,
    keyof Looks | 'as'
  >
