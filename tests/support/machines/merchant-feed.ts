import { JSDOM } from 'jsdom'
import { gtin14 } from '@/lib/domain/codes/gtin'

// The rules that Google publishes for its two feeds: support.google.com/merchants/answer/7052112 and …/14819809.

type Rule = (value: string) => boolean

const text =
  (longest: number): Rule =>
  (value) =>
    value.trim() !== '' && value.length <= longest
const oneOf =
  (...values: string[]): Rule =>
  (value) =>
    values.includes(value)
const address: Rule = (value) => URL.canParse(value) && /^https?:/.test(value) && value.length <= 2_000
const price: Rule = (value) => /^\d+(\.\d{1,3})? [A-Z]{3}$/.test(value)

interface Attribute {
  rule: Rule
  isRequired?: boolean
  most?: number
}

const products: Record<string, Attribute> = {
  id: { rule: text(50), isRequired: true },
  title: { rule: text(150), isRequired: true },
  description: { rule: text(5_000), isRequired: true },
  link: { rule: address, isRequired: true },
  image_link: { rule: (value) => address(value) && !/\.svg$/i.test(value), isRequired: true },
  additional_image_link: { rule: address, most: 10 },
  availability: { rule: oneOf('in_stock', 'out_of_stock', 'preorder', 'backorder'), isRequired: true },
  price: { rule: price, isRequired: true },
  sale_price: { rule: price },
  condition: { rule: oneOf('new', 'refurbished', 'used'), isRequired: true },
  brand: { rule: text(70) },
  gtin: { rule: (value) => gtin14(value) !== null },
  identifier_exists: { rule: oneOf('yes', 'no') },
  item_group_id: { rule: (value) => /^[\w-]{1,50}$/.test(value) },
  color: { rule: text(100) },
  size: { rule: text(100) },
  material: { rule: text(200) },
  pattern: { rule: text(100) },
  product_type: { rule: text(750) },
  product_detail: { rule: () => true, most: 1_000 },
  shipping: { rule: () => true, most: 100 },
}

const inventory: Record<string, Attribute> = {
  store_code: { rule: text(64), isRequired: true },
  id: { rule: text(50), isRequired: true },
  availability: {
    rule: oneOf('in_stock', 'limited_availability', 'on_display_to_order', 'out_of_stock'),
    isRequired: true,
  },
  price: { rule: price },
}

/** The items of a feed by attribute, and everything in it that the rules forbid. Throws for text that is no XML. */
export function readFeed(xml: string, kind: 'products' | 'inventory') {
  const { document } = new JSDOM(xml, { contentType: 'application/xml' }).window
  const attributes = kind === 'products' ? products : inventory
  const items = [...document.querySelectorAll('item')].map((item) =>
    [...item.children].map(({ localName, textContent }) => ({ name: localName, value: textContent ?? '' })),
  )
  const keys = items.map((item) => `${textOf(item, 'id')} ${textOf(item, 'store_code') ?? ''}`)
  return {
    items: items.map((item) => Object.fromEntries(item.map(({ name, value }) => [name, value]))),
    readAt: new Date(document.querySelector('lastBuildDate')?.textContent ?? ''),
    problems: [
      ...(new Set(keys).size === keys.length ? [] : ['two items have one id']),
      ...items.flatMap((item) => problemsOf(item, attributes)),
    ],
  }
}

type Item = { name: string; value: string }[]

function textOf(item: Item, name: string): string | undefined {
  return item.find((each) => each.name === name)?.value
}

function problemsOf(item: Item, attributes: Record<string, Attribute>): string[] {
  const id = textOf(item, 'id')
  const counts = Map.groupBy(item, ({ name }) => name)
  return [
    ...Object.entries(attributes).flatMap(([name, { isRequired = false, most = 1 }]) => {
      const times = counts.get(name)?.length ?? 0
      if (isRequired && times === 0) return [`${id} lacks ${name}`]
      return times > most ? [`${id} has ${times} times ${name}`] : []
    }),
    ...item.flatMap(({ name, value }) => {
      const known = attributes[name]
      if (!known) return [`${id} has ${name}, which is no attribute`]
      return known.rule(value) ? [] : [`${id}: ${name} is ${value}`]
    }),
  ]
}
