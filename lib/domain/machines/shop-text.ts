import type { Category } from '@/lib/domain/products/product'
import type { Shop } from '@/lib/domain/settings/shop'
import { line } from './product-text'
import { shopTextWords as words } from './words'

/** The shop for language models, as https://llmstxt.org describes it. */
export function shopText(shop: Shop, categories: readonly Category[], origin: URL): string {
  const link = (name: string, path: string, about: string) =>
    `- [${line(name)}](${new URL(path, origin).href})${about ? `: ${about}` : ''}`
  return `${[
    `# ${line(shop.name)}`,
    (shop.line || shop.description) && `> ${line(shop.line || shop.description)}`,
    words.about,
    `${words.text}.`,
    `## ${words.categories}`,
    categories.map(({ slug, title, blurb }) => link(title, `/category/${slug}`, line(blurb))).join('\n'),
    `## ${words.files}`,
    [
      link('sitemap.xml', '/sitemap.xml', words.sitemap),
      link('products.xml', '/feeds/products.xml', words.products),
      link('inventory.xml', '/feeds/inventory.xml', words.inventory),
    ].join('\n'),
    shop.email && `${words.contact}: ${line(shop.email)}`,
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}
