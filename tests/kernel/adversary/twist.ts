import { randomUUID } from 'node:crypto'
import type { Target } from './catalog'
import { type Json, type JsonObject, type Path, placesIn, valueAt, withValueAt } from './json'
import { anId, plainValue, type Source, sampleOf } from './samples'
import { pick, type Random, respelled, spoiled } from './spellings'

/** The arguments of one call: right by name and type first, then bent in none to three places. */
export function argumentsFor(target: Target, source: Source): JsonObject {
  const { random } = source
  const plain = Object.fromEntries(
    target.arguments
      .filter(({ optional, name }) => !optional || /token/.test(name) || random(3) === 0)
      .map(({ name, type }): [string, Json] => [
        name,
        /json/.test(type) ? sampleOf(source, name, target.name) : plainValue(source, name, type),
      ]),
  )
  const bends = pick([0, 0, 1, 1, 1, 2, 3], random)
  return Array.from({ length: bends }).reduce<JsonObject>((bent) => bend(bent, source) as JsonObject, plain)
}

function bend(args: Json, source: Source): Json {
  const { random } = source
  const places = placesIn(args).filter((path) => path.length > 0)
  if (places.length === 0) return args
  const lists = places.filter((path) => Array.isArray(valueAt(args, path)))
  if (lists.length > 0 && random(2) === 0) return twinned(args, pick(lists, random), source)
  const place = aPlace(places, random)
  const found = valueAt(args, place)
  switch (random(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return withValueAt(args, place, respelled(found, random))
    case 4:
    case 5:
    case 6:
      return withValueAt(args, place, spoiled(random))
    case 7:
      return withValueAt(args, place, anId(source, ''))
    case 8:
      // A missing argument selects another function in the Data API; a missing key inside of one does not.
      return place.length > 1 ? withValueAt(args, place, undefined) : args
    default:
      return many(args, place, random)
  }
}

/** Where secrets and ids are, more often than elsewhere. */
function aPlace(places: Path[], random: Random): Path {
  const telling = places.filter((path) => /token|_id$|key/.test(String(path.at(-1))))
  return telling.length > 0 && random(2) === 0 ? pick(telling, random) : pick(places, random)
}

/** The same line twice in one call, once in another spelling; as a separate line, or word for word. */
function twinned(args: Json, place: Path, source: Source): Json {
  const { random } = source
  const list = valueAt(args, place) as Json[]
  const line = list.length > 0 ? pick(list, random) : null
  let twin = line
  const inner = placesIn(line).filter((path) => path.length > 0)
  if (inner.length > 0) {
    const at = aPlace(inner, random)
    twin = withValueAt(line, at, respelled(valueAt(line, at), random))
    if (random(4) > 0) {
      twin = withValueAt(twin, ['idempotency_key'], randomUUID())
      twin = withValueAt(twin, ['order_token'], randomUUID() + randomUUID())
    }
  }
  return withValueAt(args, place, random(2) === 0 ? [...list, twin] : [twin, ...list])
}

/** Far more of it than anybody needs. */
function many(args: Json, place: Path, random: Random): Json {
  const found = valueAt(args, place)
  const size = pick([10, 101, 1000, 20_000], random)
  if (Array.isArray(found) && found.length > 0) {
    const room = Math.max(1, Math.floor(900_000 / (JSON.stringify(found).length + 1)))
    return withValueAt(
      args,
      place,
      Array.from({ length: Math.min(size, room) }).flatMap(() => found),
    )
  }
  return typeof found === 'string'
    ? withValueAt(args, place, found.repeat(Math.min(size, 1 + Math.floor(900_000 / (found.length + 1)))))
    : args
}
