import { report } from '../figures/report'
import { type Place, withPlaces } from '../grid/place'
import { inTurns } from '../grid/turns'

const rounds = 61
const target = 'at most 1.5 of 1,000 variants'

/**
 * How the staff list and the shop window grow from 1,000 to 100,000 variants. Both shops run side by side and are asked
 * in turns, so that a busy machine slows both alike.
 */
export async function run(): Promise<void> {
  await withPlaces([{ variants: 1_000 }, { variants: 100_000 }], async (...places) => {
    const firstPage = (place: Place) => () => place.sql`select * from public.search_inventory(size => 51)`
    const bands = (place: Place) => () => place.sql`select * from public.count_bands()`
    const staffPage = (place: Place) => () => place.staff.request.get(`${place.url}/staff`)
    const rows = [
      growth('staff list, first page: query', await inTurns(rounds, places.map(firstPage))),
      growth('staff list, how many are low or out: query', await inTurns(rounds, places.map(bands))),
      growth(
        'staff list: request to first rows, rendered by the server',
        await inTurns(rounds, places.map(staffPage)),
      ),
      growth(
        'catalogue, first page and its length: Data API',
        await inTurns(
          rounds,
          places.map(({ catalogue }) => catalogue),
        ),
      ),
    ]
    report(
      'grid',
      `The staff inventory and the shop window with 1,000 and with 100,000 variants at two locations, medians of ${rounds}.`,
      rows,
    )
  })
}

function growth(what: string, [small = 0, large = 0]: number[]) {
  return {
    what,
    measured: `${large.toFixed(1)} ms`,
    limit: `with 1,000 variants ${small.toFixed(1)} ms`,
    ratio: (large / small).toFixed(2),
    target,
  }
}
