-- The stock of a product with thousands of viewers: where `shop_settings.stock_broadcast` is on, a changed row of the
-- shelf is sent once to the private channel of its product, in the shape of a change that Realtime streams, so that a
-- page applies it like one (docs/decisions/0046). Realtime then checks no policy and no filter for each viewer.
--
-- Always true: a sale never fails for a message, nor waits longer than 0.2 s for one; a row is sent at most four times
-- a second. A row that was held back is not lost: `announced` of `read_shelf` is false, and the shop's server, which
-- reads the rows that pages look at all the time, asks for the latest one. Pages compare themselves with the shelf in
-- any case (docs/decisions/0015, 0042).

create table private.shelf_broadcasts (
  variant_id uuid primary key references public.variants (id),
  version bigint not null,
  sent_at timestamptz[] not null
);
comment on table private.shelf_broadcasts is
  'Of each variant that was ever broadcast: the version of the shelf that was sent last, and when the last four messages
   were sent, the latest first.';
alter table private.shelf_broadcasts enable row level security;

-- The columns of a shopper's page: lib/domain/stock/shelf.ts.
create function private.send_shelf(variant_ids uuid[], burst integer)
returns void
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
set lock_timeout = '50ms'
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_row record;
begin
  for v_row in
    with sent as (
      insert into private.shelf_broadcasts as last (variant_id, version, sent_at)
      select shelf.variant_id, shelf.version, array[v_now]
      from public.shelf
      left join private.shelf_broadcasts as known on known.variant_id = shelf.variant_id
      where shelf.variant_id = any (send_shelf.variant_ids)
        and (known.version is null
          or known.version < shelf.version
            and coalesce(known.sent_at[send_shelf.burst] < v_now - interval '1 second', true))
      order by shelf.variant_id
      on conflict (variant_id) do update
      set version = excluded.version, sent_at = (excluded.sent_at || last.sent_at)[:4]
      where last.version < excluded.version
      returning last.variant_id
    )
    select shelf.variant_id, shelf.product_id, shelf.band, shelf."left", shelf.version
    from sent
    join public.shelf on shelf.variant_id = sent.variant_id
  loop
    -- Pages find the others by comparison.
    exit when clock_timestamp() > v_now + interval '100 milliseconds';
    perform realtime.send(
      jsonb_build_object('table', 'shelf', 'commit_timestamp', now(), 'new', to_jsonb(v_row)),
      'changed', 'shelf:' || v_row.product_id, true);
  end loop;
exception
  -- Also a lock that is not free in time: the row is then sent later, or found by comparison.
  when others then
    raise warning 'The stock was not broadcast: %', sqlerrm;
end;
$$;
comment on function private.send_shelf(uuid[], integer) is
  'Sends {table, commit_timestamp, new} of the given variants on the private channel shelf:<product>: of rows whose
   version was not sent yet and that were sent less than `burst` times in the last second. Never raises. Messages of
   one transaction have one commit_timestamp.';

create function private.broadcasts_stock()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select shop_settings.stock_broadcast from public.shop_settings where shop_settings.only_row);
end;
$$;
comment on function private.broadcasts_stock() is 'Whether shoppers'' pages follow the stock by Broadcast.';

create function private.shelf_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[];
begin
  if not exists (select from changed) or not private.broadcasts_stock() then
    return null;
  end if;
  v_variants := array(select changed.variant_id from changed limit 101);
  if cardinality(v_variants) <= 100 then
    perform private.send_shelf(v_variants, 3);
  end if;
  return null;
end;
$$;
comment on function private.shelf_changes() is
  'Broadcasts changed rows of the shelf where the shop has it so: at most three times a second a row. The fourth time is
   for the row that the shop''s server asks for. Of a statement that changes more than a hundred rows, as an import may,
   it sends none: that server has those sent that pages look at.';
create trigger shelf_changes after update on public.shelf
  referencing new table as changed
  for each statement execute function private.shelf_changes();

create function private.broadcast_shelf(variant_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if cardinality(variant_ids) > 100 then
    perform private.refuse(422, 'invalid_input', '{"field": "variant_ids", "problem": "more than 100"}',
      'Ask for at most 100 variants at once.');
  end if;
  if private.broadcasts_stock() then
    perform private.send_shelf(variant_ids, 4);
  end if;
end;
$$;
comment on function private.broadcast_shelf(uuid[]) is 'See public.broadcast_shelf.';

create function public.broadcast_shelf(variant_ids uuid[])
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.broadcast_shelf(variant_ids)
$$;
comment on function public.broadcast_shelf(uuid[]) is
  'Sends the latest row of these variants, where it was held back: a row is broadcast at most four times a second. For
   the shop''s server, at most 100 variants.';
revoke execute on function public.broadcast_shelf(uuid[]) from public, anon, authenticated;
grant execute on function public.broadcast_shelf(uuid[]), private.broadcast_shelf(uuid[]) to service_role;

-- No policy to insert: only the database speaks there.
create policy "everyone hears of the shelf" on realtime.messages
  for select to anon, authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'shelf:%');
