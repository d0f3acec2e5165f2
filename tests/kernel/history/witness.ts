import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { isCut } from './cut'

/**
 * An observer of the shop while it trades: sees every moment in which a level or a sum is below zero, and, as often as
 * it can, everything at once, which must add up and go back to no older version. Reports the faults.
 */
export async function witness(admin: Sql, isTrading: () => boolean): Promise<string[]> {
  const seen: string[] = []
  const versions = new Map<string, number>()
  await untilThere(() => setEyes(admin))
  const addUp = async () => {
    for (const row of await admin`select * from private.inventory_drift()`)
      seen.push(`drift while trading: ${JSON.stringify(row)}`)
  }
  const goForward = async () => {
    const rows = await admin`select 'shelf ' || variant_id as name, version from public.shelf
      union all select 'availability ' || variant_id, version from public.availability
      union all select 'level ' || variant_id || location_id, version from public.stock_levels`
    for (const { name, version } of rows) {
      if (Number(version) < (versions.get(name) ?? 0)) seen.push(`${name} went back to version ${version}`)
      versions.set(name, Number(version))
    }
  }
  await Promise.all(
    [addUp, goForward].map(async (look) => {
      while (isTrading()) {
        const begun = performance.now()
        try {
          await look()
        } catch (error) {
          if (!isCut(error)) seen.push(`could not look: ${error}`)
        }
        // There is ever more to add up: who looks is in the way for at most a quarter of the time.
        await sleep(Math.max(100, 3 * (performance.now() - begun)))
      }
    }),
  )
  const below = await untilThere(async () => [...(await admin`select row from kernel.below_zero`)])
  for (const { row } of below) seen.push(`below zero: ${JSON.stringify(row)}`)
  return seen
}

/** A CHECK refuses values below zero; this detects them even without the CHECK. */
async function setEyes(admin: Sql): Promise<void> {
  await admin.unsafe(`
    create schema if not exists kernel;
    create table if not exists kernel.below_zero (row jsonb not null);
    truncate kernel.below_zero;
    create or replace function kernel.see() returns trigger language plpgsql security definer as $$
    begin
      insert into kernel.below_zero values (to_jsonb(new));
      return null;
    end;
    $$;
    create or replace trigger see after insert or update on public.stock_levels for each row
      when (least(new.available, new.on_hand - new.held - new.committed - new.safety) < 0) execute function kernel.see();
    create or replace trigger see after insert or update on public.availability for each row
      when (least(new.available, new.on_hand - new.held - new.committed - new.safety) < 0) execute function kernel.see();`)
}

/** The shop may be killed during a read. */
async function untilThere<T>(look: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (!isCut(error)) throw error
      await sleep(100)
    }
  }
}
