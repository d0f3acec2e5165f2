'use client'

import { useEffect } from 'react'

/** Parts of a page with a meaning, so that a person hears where they are. */
const parts = 'li, tr, form, fieldset, section, table, dialog'

/** A page may first move the focus: to a question, to its main field. In milliseconds. */
const patienceMs = 100

/**
 * Keeps the focus. When the focused element goes away (it is done, another staff member was faster, another page is
 * shown), the rest of the page around it gets the focus, and Tab continues from there; on another page its heading.
 * Never a button: a second Enter must not press it. Renders nothing.
 */
export function KeepFocus() {
  useEffect(() => {
    // The focused element and its ancestors, innermost first, and the page it is on.
    let around: readonly Element[] = []
    let page = ''
    let timer: ReturnType<typeof setTimeout> | undefined

    function remember({ target }: FocusEvent): void {
      around = target instanceof Element ? withAncestors(target) : []
      page = location.pathname
    }

    /** A click beside everything leaves the focus on purpose. */
    function forget(): void {
      if (isThere(around[0])) around = []
    }

    function keep(): void {
      timer = undefined
      const { activeElement } = document
      const isElsewhere = activeElement !== document.body && activeElement !== around[0]
      if (around.length === 0 || isElsewhere || isThere(around[0])) return
      const part = around.find((each) => each.matches(parts) && isThere(each))
      const heading = [...document.querySelectorAll('main h1')].find(isThere)
      const next = part ?? heading
      // Back on a page that was scrolled, it stays scrolled.
      if (next instanceof HTMLElement) focusOn(next, { preventScroll: page !== location.pathname })
    }

    const observer = new MutationObserver(() => {
      timer ??= setTimeout(keep, patienceMs)
    })
    observer.observe(document.body, { childList: true, attributes: true, subtree: true })
    document.addEventListener('focusin', remember)
    document.addEventListener('pointerdown', forget)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('focusin', remember)
      document.removeEventListener('pointerdown', forget)
    }
  }, [])
  return null
}

function withAncestors(element: Element): Element[] {
  const around: Element[] = []
  for (let each: Element | null = element; each; each = each.parentElement) around.push(each)
  return around
}

/** Whether it can have the focus, or be looked at: in the page, shown, and not switched off. */
function isThere(element: Element | undefined): boolean {
  return element?.checkVisibility({ visibilityProperty: true }) === true && !element.matches(':disabled')
}

/** For as long as it has it, it can have it. */
function focusOn(element: HTMLElement, options: FocusOptions): void {
  if (!element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus(options)
}
