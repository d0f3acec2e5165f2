import { report } from '../figures/report'
import { type Place, withPlaces } from '../grid/place'
import { inTurns } from '../grid/turns'

const rounds = 41
const target = 'at most 1.5 of two locations'

/** The full size, 200 locations of 100,000 variants, are 20 million levels: give it time and 10 GB. */
const variants = Number(process.env.STAFF_VARIANTS ?? 10_000)
const locations = Number(process.env.STAFF_LOCATIONS ?? 200)

/** How the staff list grows from two locations to many, with a level of each variant at each of them. */
export async function run(): Promise<void> {
  await withPlaces([{ variants }, { variants, locations }], async (...places) => {
    const page = (address: string) => (place: Place) => async () => {
      const response = await place.staff.request.get(`${place.url}${address}`)
      if (!(await response.text()).includes('data-place="1"')) throw new Error('the list has no rows')
    }
    const size = async (place: Place) =>
      (await (await place.staff.request.get(`${place.url}/staff`)).body()).length / 1024
    const [few = 0, many = 0] = await Promise.all(places.map(size))
    const rows = [
      growth(
        'first page: request to its first rows, in ms',
        await inTurns(rounds, places.map(page('/staff'))),
      ),
      growth(
        'a search: request to its first rows, in ms',
        await inTurns(rounds, places.map(page('/staff?q=jar'))),
      ),
      { ...growth('first page: its HTML, in KB', [few, many]), target: '–' },
    ]
    report(
      'staff-size',
      `The staff inventory of ${variants} variants at ${locations} locations and, as its limit, at two: medians of ${rounds}, in turns. ` +
        'The list has rows for six locations until one is chosen, and for two where there are two; a page has about 100 rows.',
      rows,
    )
  })
}

function growth(what: string, [few = 0, many = 0]: number[]) {
  return { what, measured: many.toFixed(1), limit: few.toFixed(1), ratio: (many / few).toFixed(2), target }
}
