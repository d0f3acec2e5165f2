import type { Sql } from 'postgres'
import type { Tx } from '@/tests/support/database'

/** Takes every e-mail that is due, as servers do, a hundred at a time: other tests leave some, too. */
export async function takeDueMail<Taken>(db: Sql | Tx): Promise<Taken[]> {
  const all: Taken[] = []
  for (;;) {
    const [row] = await db<{ mail: Taken[] }[]>`select public.take_mail(100) as mail`
    if (!row?.mail.length) return all
    all.push(...row.mail)
  }
}
