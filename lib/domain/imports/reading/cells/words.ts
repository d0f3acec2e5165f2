import type { StagedProduct } from '@/lib/domain/imports/staged-product'
import { type Cell, meaning, meaningless } from './cell'

/** yes and no as systems and spreadsheets of several languages write them. */
const booleans = new Map([
  ...[
    'true',
    'yes',
    'y',
    '1',
    'wahr',
    'vrai',
    'verdadero',
    'verdadeiro',
    'vero',
    'waar',
    'ja',
    'oui',
    'sí',
    'sim',
    'истина',
    'да',
    'prawda',
    'tak',
    'pravda',
    'sant',
    'sand',
    'tosi',
    'igaz',
    'doğru',
    'evet',
  ].map((word) => [word, true] as const),
  ...[
    'false',
    'no',
    'n',
    '0',
    'falsch',
    'faux',
    'falso',
    'onwaar',
    'nein',
    'nee',
    'non',
    'não',
    'ложь',
    'нет',
    'fałsz',
    'nie',
    'nepravda',
    'falskt',
    'falsk',
    'epätosi',
    'hamis',
    'yanliş',
    'yanlış',
    'hayır',
  ].map((word) => [word, false] as const),
])

/** true or false in any case; null when blank. */
export function readBoolean(text: string): Cell<boolean | null> {
  if (text === '') return meaning(null)
  const value = booleans.get(text.toLowerCase())
  return value === undefined ? meaningless('is neither true nor false') : meaning(value)
}

const policies = new Map<string, boolean>([
  ...booleans,
  ['deny', false],
  ['continue', true],
  ['notify', true],
])

/** Whether the shop it came from sells on when none is left. false when blank. */
export function readPolicy(text: string): Cell<boolean> {
  const value = text === '' ? false : policies.get(text.toLowerCase())
  if (value === undefined) return meaningless('is neither deny nor continue')
  return value ? meaning(value, 'sells_on') : meaning(value)
}

const statuses = new Map<string, NonNullable<StagedProduct['status']>>([
  ['active', 'active'],
  ['draft', 'draft'],
  ['archived', 'archived'],
])

/** A status of Shopify's; null when blank. */
export function readStatus(text: string): Cell<StagedProduct['status']> {
  if (text === '') return meaning(null)
  // Reachable by its address but in no list; the shop has no such products.
  if (text.toLowerCase() === 'unlisted') return meaning('draft', 'not_public')
  const status = statuses.get(text.toLowerCase())
  return status ? meaning(status) : meaningless('is none of active, draft and archived')
}
