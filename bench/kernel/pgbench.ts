import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The transactions pgbench runs, as files. */
export function writeScripts(folder: string) {
  const scripts = {
    place: `\\set n :n + 1
select public.place_order('{"email": "ada@example.test", "name": "Ada"}',
  jsonb_build_object('method', 'collection', 'location_id', (select id from public.locations order by position limit 1)),
  'on_collection', gen_random_uuid(), private.bench_token(:client_id, :n), private.bench_token(:client_id, :n));
`,
    adjust: `\\set id random(1, 1000)
select public.adjust_stock((select id from public.bench_variants where n = :id), (select id from public.locations order by position desc limit 1),
  1, 'correction', gen_random_uuid());
`,
    hot: 'update public.bare set reserved = reserved + 1 where id = 1 and reserved < on_hand;\n',
    // pgbench's own "simple update", over as many rows as there are SKUs.
    simple: `\\set id random(1, 1000)
begin;
update public.bare set reserved = reserved + 1 where id = :id;
select reserved from public.bare where id = :id;
insert into public.bare_history (id, delta, at) values (:id, 1, current_timestamp);
end;
`,
  }
  const at = join(folder, 'pgbench')
  mkdirSync(at, { recursive: true })
  const paths = Object.entries(scripts).map(([name, text]) => {
    const path = join(at, `${name}.sql`)
    writeFileSync(path, text)
    return [name, path]
  })
  return Object.fromEntries(paths) as Record<keyof typeof scripts, string>
}

/** A refusal is an answer to a client of the Data API (private.answer_refused), where pgbench would end at an error. */
const asClientOfTheApi = '-c request.method=POST'

/**
 * Transactions per second, from Debian's or any other pgbench on the PATH: so many per client and not for so long,
 * because opening hundreds of connections can take longer than that.
 */
export async function pgbench(url: string, script: string, clients: number, each: number): Promise<number> {
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(clients),
    '-j',
    '2',
    '-D',
    'n=0',
    '-t',
    String(each),
    '-f',
    script,
    url,
  ]
  const env = { ...process.env, PGOPTIONS: asClientOfTheApi }
  const { stdout } = await promisify(execFile)('pgbench', args, { env }).catch((cause: unknown) => {
    throw new Error('pgbench failed; it comes with PostgreSQL (Debian: apt install postgresql-contrib).', {
      cause,
    })
  })
  const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
  if (!/failed transactions: 0 /.test(stdout) || Number.isNaN(rate))
    throw new Error(`pgbench was refused:\n${stdout}`)
  return rate
}

export function clientsOf<T>(runs: Record<number, T>, clients: number): T {
  const run = runs[clients]
  if (!run) throw new Error(`there was no run with ${clients} clients`)
  return run
}
