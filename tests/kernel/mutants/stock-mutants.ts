import type { Mutant } from './plant'

const FOUNDATION = 'core/'
const STOCK = 'stock/'
const STOCK_FUNCTIONS = 'stock/'
const CLAIMS = 'holds/'
const IMPORTS = 'imports/'

export const stockMutants: Mutant[] = [
  {
    name: 'a busy row is broadcast with every sale',
    file: 'stock/',
    from: `            and coalesce(known.sent_at[send_shelf.burst] < v_now - interval '1 second', true))`,
    to: `            and true)`,
    seenIn: 'tests/database/stock/broadcast',
  },
  {
    name: 'a message that cannot be sent fails its sale',
    file: 'stock/',
    from: `    raise warning 'The stock was not broadcast: %', sqlerrm;`,
    to: `    raise;`,
    seenIn: 'tests/database/stock/broadcast',
  },
  {
    name: 'no lock on the variant',
    file: STOCK,
    from: `  order by availability.variant_id
  for no key update;`,
    to: `  order by availability.variant_id;`,
  },
  {
    name: 'variants locked in order of arrival, no gate',
    file: CLAIMS,
    from: `  if cardinality(queue_for.variant_ids) = 1 then
    perform pg_advisory_xact_lock(uuid_hash_extended(queue_for.variant_ids[1], 0));
  else
    for v_gate in
      select distinct uuid_hash_extended(asked.id, 0) from unnest(queue_for.variant_ids) as asked (id) order by 1
    loop
      perform pg_advisory_xact_lock(v_gate);
    end loop;
  end if;
  perform private.lock_variants(queue_for.variant_ids);`,
    to: `  for v_gate in select uuid_hash_extended(asked.id, 0) from unnest(queue_for.variant_ids) as asked (id) order by random()
  loop
    perform pg_advisory_xact_lock(v_gate);
  end loop;`,
  },
  {
    name: 'locked rows are skipped instead of waited for',
    file: STOCK,
    from: `  order by availability.variant_id
  for no key update;`,
    to: `  order by availability.variant_id
  for no key update skip locked;`,
  },
  {
    name: 'CHECK dropped, and the shortage overlooked',
    file: STOCK,
    from: `  available integer not null default 0 check (available >= 0),
  ledger_position`,
    to: `  available integer not null default 0,
  ledger_position`,
    seenIn: 'tests/database/stock/races',
  },
  {
    name: 'taken without looking how many there are',
    file: CLAIMS,
    from: `      v_units := v_units || least(v_level.available, v_missing);
      v_missing := v_missing - least(v_level.available, v_missing);`,
    to: `      v_units := v_units || v_missing;
      v_missing := 0;`,
  },
  {
    name: 'expired holds are never released by who needs them',
    file: CLAIMS,
    from: `    if exists (select from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now) then`,
    to: `    if false then`,
  },
  {
    name: 'living holds are released too',
    file: CLAIMS,
    from: `      delete from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now;`,
    to: `      delete from public.claims where claims.variant_id = v_variant and claims.expires_at is not null;`,
    seenIn: 'tests/database/holds/holds.test',
  },
  {
    name: 'the trigger forgets a case: cancelled commitments',
    file: CLAIMS,
    from: `  set held = level.held - sums.held,
    committed = level.committed - sums.committed,
    available = level.available + sums.held + sums.committed,`,
    to: `  set held = level.held - sums.held,
    available = level.available + sums.held,`,
  },
  {
    name: 'a hold that becomes a commitment is counted twice',
    file: CLAIMS,
    from: `      select before.variant_id, before.location_id, -before.quantity, before.expires_at from before`,
    to: `      select before.variant_id, before.location_id, -before.quantity, before.expires_at from before where before.expires_at is null`,
  },
  {
    name: 'the idempotency key is asked after the effect',
    file: FOUNDATION,
    from: `  on conflict do nothing;
  if found then
    return null;
  end if;`,
    to: `  on conflict do nothing;
  if found or begin_once.operation in ('receive_stock', 'hold_stock') then
    return null;
  end if;`,
  },
  {
    name: 'the idempotency key does not look at the request',
    file: FOUNDATION,
    from: `or v_first.request not in (v_hash, begin_once.request) then`,
    to: `then`,
    seenIn: 'tests/database/imports/imports-races',
  },
  {
    name: 'a sale lowers on hand and forgets committed',
    file: STOCK,
    from: `    available = level.available + sums.delta - sums.sold,`,
    to: `    available = level.available + sums.delta - 2 * sums.sold,`,
  },
  {
    name: 'two lines of one level are not summed by staff calls',
    file: STOCK_FUNCTIONS,
    from: `group by line.variant_id, line.location_id
    ) as wanted`,
    to: `group by line.variant_id, line.location_id, line.delta
    ) as wanted`,
    seenIn: 'tests/database/stock/stock.test',
  },
  {
    name: 'the ledger trigger reads, adds and writes back later',
    file: STOCK,
    from: `  perform private.lock_variants(array(select distinct added.variant_id from added));

  insert`,
    to: `  perform pg_sleep(0.002);

  insert`,
    seenIn: 'tests/database/stock/races',
  },
  {
    name: 'read-modify-write in the client: what it read is not compared when it writes',
    file: STOCK_FUNCTIONS,
    from: `    if coalesce(v_level.on_hand, 0) <> expected then`,
    to: `    expected := coalesce(v_level.on_hand, 0);
    if false then`,
  },
  {
    name: 'an import writes another difference than was seen',
    file: IMPORTS,
    from: `    if seen <> v_summary ->> 'fingerprint' then`,
    to: `    if false then`,
  },
  {
    name: 'an import locks out whoever points at a variant',
    file: IMPORTS,
    from: `
    and (variants.sku, variants.option_values) is distinct from (wanted.sku, wanted.option_values);`,
    to: `;`,
    seenIn: 'tests/database/imports/imports-races',
  },
]
