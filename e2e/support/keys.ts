import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures'

type Role = Parameters<Page['getByRole']>[0] | 'summary'

/** No page has more to stop at, and no list more to choose from. */
const most = 200

export const phone = { viewport: { width: 390, height: 844 } }

/**
 * A user at a page without a pointer, who sees where they are.
 *
 * @param within the part of the page to search.
 */
export function keysOn(page: Page, within: Page | Locator = page) {
  const { keyboard } = page

  /** Presses Tab until what is wanted has the focus. */
  async function tabTo(role: Role, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const wanted =
      role === 'summary'
        ? within.locator('summary:visible', { hasText: name })
        : within.getByRole(role, { name, exact: true })
    await expect(wanted.first()).toBeVisible()
    const passed: string[] = []
    for (let stops = 0; stops < most; stops++) {
      const { what, isWanted } = await stopAt(wanted)
      if (isWanted) return expect.poll(async () => (await stopAt(wanted)).trouble, what).toBe('')
      passed.push(what)
      await keyboard.press(key)
    }
    throw new Error(`${role} ${name} cannot be reached by Tab. Stops:\n${passed.join('\n')}`)
  }

  return {
    tabTo,

    /** Tab to it, and Enter. */
    async press(role: Role, name: string | RegExp): Promise<void> {
      await tabTo(role, name)
      await keyboard.press('Enter')
    },

    /** Tab to a field, where what is typed takes the place of what it holds. */
    async type(role: Role, name: string | RegExp, text: string): Promise<void> {
      await tabTo(role, name)
      await keyboard.press('ControlOrMeta+a')
      await keyboard.type(text)
    },

    /** Tab to a list of choices, and the arrow keys to one of them. */
    async choose(name: string | RegExp, choice: string): Promise<void> {
      await tabTo('combobox', name)
      const list = page.locator('select:focus')
      const chosen = () => list.evaluate((each: HTMLSelectElement) => each.selectedOptions[0]?.label.trim())
      await keyboard.press('Home')
      for (let steps = 0; steps < most && (await chosen()) !== choice; steps++)
        await keyboard.press('ArrowDown')
      expect(await chosen()).toBe(choice)
    },

    /** A pressed control may be gone; the user's position is announced and visible. */
    async expectToBeSomewhere(): Promise<void> {
      await expect.poll(async () => (await stopAt(page.locator(':focus'))).trouble).toBe('')
    },
  }
}

/**
 * The element with the focus, and its faults: it is out of sight or covered, shows no outline, or the page is too wide.
 */
function stopAt(wanted: Locator) {
  return wanted.evaluateAll((all) => {
    const { activeElement: at, documentElement: root } = document
    if (!at || at === document.body)
      return { what: 'nothing', isWanted: false, trouble: 'nothing has the focus' }
    const box = at.getBoundingClientRect()
    const [left, right] = [Math.max(0, box.left), Math.min(root.clientWidth, box.right)]
    const [top, bottom] = [Math.max(0, box.top), Math.min(root.clientHeight, box.bottom)]
    const isSeen = [0.1, 0.5, 0.9].some((part) => {
      const seen = document.elementFromPoint(left + (right - left) * part, top + (bottom - top) * part)
      return right > left && bottom > top && seen !== null && (at.contains(seen) || seen.contains(at))
    })
    const isOutlined = [at, at.parentElement].some(
      (each) =>
        each &&
        Number.parseFloat(getComputedStyle(each).outlineWidth) >= 2 &&
        getComputedStyle(each).outlineStyle !== 'none',
    )
    const what = `${at.tagName.toLowerCase()} "${at.getAttribute('aria-label') ?? at.getAttribute('name') ?? at.textContent?.slice(0, 60)}"`
    const troubles = [
      isSeen ? '' : `is out of sight or covered at ${Math.round(box.left)}, ${Math.round(box.top)}`,
      isOutlined ? '' : 'shows no outline',
      root.scrollWidth > root.clientWidth ? 'is on a page that is too wide' : '',
    ].filter(Boolean)
    return {
      what,
      isWanted: all.includes(at as HTMLElement),
      trouble: troubles.length > 0 ? `${what} ${troubles.join(', ')}` : '',
    }
  })
}
