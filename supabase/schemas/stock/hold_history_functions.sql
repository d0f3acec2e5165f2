create function private.claims_remember()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into private.claim_history (variant_id, location_id, cart_id, order_item_id, held, committed)
    select added.variant_id, added.location_id, added.cart_id, added.order_item_id,
      case when added.expires_at is null then 0 else added.quantity end,
      case when added.expires_at is null then added.quantity - added.fulfilled else 0 end
    from added;
  elsif tg_op = 'DELETE' then
    insert into private.claim_history (variant_id, location_id, cart_id, order_item_id, held, committed)
    select removed.variant_id, removed.location_id, removed.cart_id, removed.order_item_id,
      case when removed.expires_at is null then 0 else -removed.quantity end,
      case when removed.expires_at is null then removed.fulfilled - removed.quantity else 0 end
    from removed
    -- Nothing was left of it: all of it had been handed over.
    where removed.expires_at is not null or removed.fulfilled < removed.quantity;
  elsif exists (select from added) then
    -- A hold that becomes an order's is two lines: the cart's units go, the item's come.
    insert into private.claim_history (variant_id, location_id, cart_id, order_item_id, held, committed)
    select each.variant_id, each.location_id, each.cart_id, each.order_item_id, sum(each.held), sum(each.committed)
    from (
      select added.variant_id, added.location_id, added.cart_id, added.order_item_id,
        case when added.expires_at is null then 0 else added.quantity end as held,
        case when added.expires_at is null then added.quantity - added.fulfilled else 0 end as committed
      from added
      union all
      select removed.variant_id, removed.location_id, removed.cart_id, removed.order_item_id,
        case when removed.expires_at is null then 0 else -removed.quantity end,
        case when removed.expires_at is null then removed.fulfilled - removed.quantity else 0 end
      from removed
    ) as each
    group by each.variant_id, each.location_id, each.cart_id, each.order_item_id
    having sum(each.held) <> 0 or sum(each.committed) <> 0;
  end if;
  return null;
end;
$$;
comment on function private.claims_remember() is 'Claims to their history. An extended hold is none: its units stay.';
create trigger claims_remember_begin after insert on public.claims
  referencing new table as added
  for each statement execute function private.claims_remember();
create trigger claims_remember_change after update on public.claims
  referencing old table as removed new table as added
  for each statement execute function private.claims_remember();
create trigger claims_remember_end after delete on public.claims
  referencing old table as removed
  for each statement execute function private.claims_remember();

create function private.forget_old_claims(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_before timestamptz := least(before, private.clock() - private.claims_remembered());
  v_forgotten integer;
begin
  with ended as (
    select each.* from (
      select history.variant_id, history.location_id, history.cart_id, history.order_item_id, count(*) as lines,
        sum(count(*)) over (order by min(history.id)) as lines_so_far
      from private.claim_history as history
      where history.at < v_before
      group by history.variant_id, history.location_id, history.cart_id, history.order_item_id
      having sum(history.held) = 0 and sum(history.committed) = 0
    ) as each
    -- The lines of one owner go together, or the sum would be wrong: the first owner may have more than at_most.
    where each.lines_so_far <= greatest(at_most, each.lines)
    order by each.lines_so_far limit at_most
  )
  delete from private.claim_history as history
  using ended
  where history.at < v_before
    and (history.variant_id, history.location_id) = (ended.variant_id, ended.location_id)
    and history.cart_id is not distinct from ended.cart_id
    and history.order_item_id is not distinct from ended.order_item_id;
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end;
$$;
comment on function private.forget_old_claims(timestamptz, integer) is
  'Deletes the history of claims that began and ended before a moment at least 90 days ago, which no explanation can
   show any more, oldest owners first. A claim that still exists keeps its history, however old. A rule of the
   maintenance job (schemas/retention/tables.sql).';
