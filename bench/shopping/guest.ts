import { randomUUID } from 'node:crypto'
import { Browser, type Page } from './browser'
import { type Form, formWith, plain } from './forms'

/** The form on a product's page. Every guest sends it with a key of their own, as if the page were theirs. */
export async function addForm(shop: string, path: string): Promise<Form> {
  return formWith((await new Browser(shop).get(path)).html, 'Add to cart')
}

/** A guest on the way from the product's page to an order: without JavaScript, by the forms of the pages. */
export class Guest {
  readonly #browser: Browser
  readonly #name: string

  constructor(shop: string, name: string, headers: Record<string, string> = {}) {
    this.#browser = new Browser(shop, headers)
    this.#name = name
  }

  /** Puts one unit into the cart. The answer leads back to the product's page. */
  add(path: string, form: Form): Promise<Page> {
    const fields = new Map([...form.fields, ['idempotency_key', randomUUID()]])
    return this.#browser.send({ path }, { ...form, fields })
  }

  checkout(): Promise<Page> {
    return this.#browser.get('/checkout')
  }

  /** Contact, and pay at the counter. The answer leads to the order, or back to the form. */
  pay(checkout: Page): Promise<Page> {
    const email = `${this.#name}@example.test`
    return this.#browser.press(checkout, 'Place order', { name: 'Ada Lovelace', email })
  }

  follow(page: Page): Promise<Page> {
    return page.location === null ? Promise.resolve(page) : this.#browser.get(page.location)
  }
}

/** The reason why a page did not sell; null when it gives none. The alert of a form that nobody sent is empty. */
export function refusalOn({ html }: Page): string | null {
  const [, words = ''] =
    /<p class="text-danger">(.*?)<\/p>/s.exec(html) ??
    /role="alert"[^>]*>(?!<\/)(.*?)<\/ul>/s.exec(html) ??
    []
  return plain(words) || null
}
