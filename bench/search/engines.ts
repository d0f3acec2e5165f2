import type { Sql } from 'postgres'

/** A way to search: the handles of the first ten products. */
export type Engine = (sql: Sql, search: string) => Promise<string[]>

const first = 10

/** The shop's search. */
const ours: Engine = async (sql, search) => {
  const [row] = await sql`select public.find_products(${search}, size => ${first}) as found`
  return row?.found.products.map(({ handle }: { handle: string }) => handle)
}

/** The search of 1.0.0-rc.1: every word somewhere in title, maker, category, HTML or as a tag, in the shop's order. */
const substring: Engine = async (sql, search) => {
  const words = [...new Set(search.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, 6)
  const rows = await sql`select handle from public.products
    where status = 'active' and ${words.length > 0} and not exists (
      select from unnest(${words}::text[]) as word
      where not (concat_ws(' | ', title, vendor, category, description_html) ilike '%' || word || '%'
        or word = any (tags)))
    order by position, id limit ${first}`
  return rows.map(({ handle }) => String(handle))
}

/** Full-text search of Postgres without more: one language, all words, by rank. */
const fullText: Engine = async (sql, search) => {
  const rows = await sql`select handle
    from public.products
    cross join lateral to_tsvector('english', concat_ws(' ', title, vendor, category, array_to_string(tags, ' '),
      private.html_words(description_html))) as words
    where status = 'active' and words @@ websearch_to_tsquery('english', ${search})
    order by ts_rank(words, websearch_to_tsquery('english', ${search})) desc, position, id limit ${first}`
  return rows.map(({ handle }) => String(handle))
}

export const engines = { ours, substring, fullText }
