-- Addresses on the waitlist are kept no longer than they are needed.

create function private.forget_waitlist(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  delete from private.waitlist as entry
  where entry.id = any (array(
    select old.id from private.waitlist as old
    where old.created_at < before and (
      old.status = 'unconfirmed' or old.status in ('accepted', 'lapsed') and old.offered_until < before
    )
    order by old.created_at limit at_most for update skip locked
  ));
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;
comment on function private.forget_waitlist(timestamptz, integer) is
  'Deletes entries that nobody confirmed and entries that ended. They are in no line: no variant is locked.';

create function private.forget_waiting(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_variant uuid;
  v_entries bigint[];
begin
  -- One line a call: the job locks no second variant.
  select old.variant_id, array_agg(old.id) into v_variant, v_entries
  from (
    select each.id, each.variant_id from private.waitlist as each
    where each.created_at < before and each.status = 'waiting' order by each.created_at limit at_most
  ) as old
  group by old.variant_id
  order by old.variant_id
  limit 1;
  if not found then
    return 0;
  end if;
  perform private.queue_for(array[v_variant]);
  delete from private.waitlist as entry where entry.id = any (v_entries) and entry.status = 'waiting';
  return cardinality(v_entries);
end;
$$;
comment on function private.forget_waiting(timestamptz, integer) is
  'Deletes entries that have waited since before a moment, of one line a call: their variant has not come back.';

insert into private.retention_rules (kind, keep, sweep) values
  ('waitlist', '7 days', 'forget_waitlist'),
  ('waitlist_waiting', '1 year', 'forget_waiting');
