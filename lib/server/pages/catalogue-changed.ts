import 'server-only'
import { revalidateTag, updateTag } from 'next/cache'
import { after } from 'next/server'
import { cacheTags } from '@/lib/server/platform/cache-tags'
import { purgePages } from './purge'

/** A server action changed the catalogue or the settings: its answer and every later page show the change. */
export function catalogueChanged(): void {
  updateTag(cacheTags.catalog)
  updateTag(cacheTags.places)
  purgeNowAndAfter()
}

/** The same for a route, after a change from outside. */
export function catalogueChangedElsewhere(): void {
  revalidateTag(cacheTags.catalog, { expire: 0 })
  revalidateTag(cacheTags.places, { expire: 0 })
  purgeNowAndAfter()
}

/** Next drops what a tag names when it has answered: a page that is rendered before that may still be the old one. */
function purgeNowAndAfter(): void {
  purgePages()
  after(purgePages)
}
