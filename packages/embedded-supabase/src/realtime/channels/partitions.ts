import type { Database } from '#realtime/database'

const daysAhead = 3
const daysKept = 3
const renewEveryMs = 4 * 3_600_000

/** Keeps a partition of realtime.messages ready for each day, and drops the old ones. Returns how to stop. */
export async function keepPartitions(database: Database): Promise<() => void> {
  await renewPartitions(database)
  const timer = setInterval(() => {
    renewPartitions(database).catch((error: unknown) =>
      console.error('realtime: partitions not renewed', error),
    )
  }, renewEveryMs)
  return () => clearInterval(timer)
}

async function renewPartitions(database: Database): Promise<void> {
  await database.query(`do $$
    declare
      v_day date;
      v_old regclass;
    begin
      for offset_days in -1 .. ${daysAhead} loop
        v_day := current_date + offset_days;
        execute format(
          'create table if not exists realtime.%I partition of realtime.messages for values from (%L) to (%L)',
          'messages_' || to_char(v_day, 'YYYY_MM_DD'), v_day, v_day + 1
        );
      end loop;
      for v_old in
        select inhrelid::regclass from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = 'realtime.messages'::regclass
          and relname ~ '^messages_\\d{4}_\\d{2}_\\d{2}$'
          and to_date(right(relname, 10), 'YYYY_MM_DD') < current_date - ${daysKept}
      loop
        execute format('drop table %s', v_old);
      end loop;
    end
  $$`)
}
