import { plural } from '@/lib/domain/text/plural'

/** The texts of the waitlist of a variant. */
export const waitlistWords = {
  waitlist: 'Waitlist',
  length: (people: number) =>
    people === 0 ? 'The waitlist is empty.' : `${plural(people, 'person', 'people')} on the waitlist.`,
  caption: 'The first people on the waitlist',
  place: 'Place',
  state: 'State',
  joined: 'Joined',
  waiting: 'Waiting',
  offered: (until: string) => `One unit is held until ${until}`,
  account: 'account',
  guest: 'guest',
}
