create function private.delete_old(target text, age text, only_where text, before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  execute format(
    'delete from %1$s where ctid = any (array(
       select ctid from %1$s where %2$I < $1 and (%3$s) order by %2$I limit $2 for update skip locked
     ))', target::regclass, age, only_where)
  using before, at_most;
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;
comment on function private.delete_old(text, text, text, timestamptz, integer) is
  'Deletes at most so many rows of a table that are older than a moment, oldest first, and skips locked ones.';

create function private.forget_old_rows(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  v_size integer := least(greatest(coalesce(at_most, 1000), 1), 10000);
  v_rule private.retention_rules;
  v_done integer;
  v_rows jsonb := '{}';
  v_failed jsonb := '{}';
begin
  perform private.require_secret_key('Only the maintenance job of the shop deletes old rows.');
  -- A second server finds the job running and leaves it alone.
  if pg_try_advisory_xact_lock(hashtextextended('onhand.forget_old_rows', 0)) then
    perform private.leave_trail_to('retention');
    for v_rule in select * from private.retention_rules order by retention_rules.kind loop
      begin
        if v_rule.target is null then
          execute format('select private.%I($1, $2)', v_rule.sweep) into v_done using private.clock() - v_rule.keep,
          v_size;
        else
          v_done := private.delete_old(v_rule.target, v_rule.age, v_rule.only_where, private.clock() - v_rule.keep,
            v_size);
        end if;
        v_rows := v_rows || case when v_done > 0 then jsonb_build_object(v_rule.kind, v_done) else '{}' end;
      exception when others then
        -- One rule that fails must not stop the others; the caller logs it.
        v_failed := v_failed || jsonb_build_object(v_rule.kind, sqlerrm);
      end;
    end loop;
    perform private.leave_trail_to('');
  end if;
  return jsonb_build_object('rows', v_rows, 'failed', v_failed);
end;
$$;
comment on function private.forget_old_rows(integer) is 'See public.forget_old_rows.';

create function public.forget_old_rows(at_most integer default 1000)
returns jsonb
language sql
set search_path = ''
as $$
  select private.forget_old_rows(at_most)
$$;
comment on function public.forget_old_rows(integer) is
  'Maintenance job: deletes rows past their retention, or erases the personal data in them: at most so many of each kind
   (1 to 10,000). Returns {rows: {kind: how many}, failed: {kind: error}}; call it again while rows has a full kind.
   Needs no key: a repeated call continues. For the secret key and the scheduler. Raises role_required (403).';

-- Idempotency keys ------------------------------------------------------------------------------------------------

create function private.erased_address(address jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('line1', 'Erased', 'postcode', 'Erased', 'city', 'Erased',
    'country', coalesce(address ->> 'country', 'Erased'))
$$;
comment on function private.erased_address(jsonb) is 'An address of which the country is left: taxes go by it.';

create function private.without_person(document jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when not document ? 'email' then document
    else document || jsonb_build_object('email', 'erased@erased.invalid', 'name', 'Erased')
      || case when document ? 'phone' then '{"phone": null}' else '{}' end::jsonb
      || case
        when jsonb_typeof(document -> 'address') = 'object'
        then jsonb_build_object('address', private.erased_address(document -> 'address'))
        else '{}'
      end
  end
$$;
comment on function private.without_person(jsonb) is
  'A response without the e-mail, name, phone and address of the person in it, in the same shape. Others are returned as
   they are.';

create function private.reduce_key_rows(rows tid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  update private.idempotency_keys as used
  set response = private.without_person(used.response), reduced = true
  where used.ctid = any (reduce_key_rows.rows);
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;
comment on function private.reduce_key_rows(tid[]) is
  'Takes the personal data out of the responses of these keys. The request was a hash from the start.';

create function private.reduce_keys(before timestamptz, at_most integer)
returns integer
language sql
set search_path = ''
as $$
  select private.reduce_key_rows(array(
    select used.ctid from private.idempotency_keys as used
    where not used.reduced and used.created_at < before
    order by used.created_at limit at_most for update skip locked
  ))
$$;
comment on function private.reduce_keys(timestamptz, integer) is
  'Takes the personal data out of keys used before a moment.';

create function private.delete_guest_carts(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_carts uuid[] := array(
    select carts.id from public.carts
    where carts.user_id is null and carts.created_at < before
      and not exists (select from public.cart_lines as line where line.cart_id = carts.id and line.held_since >= before)
      -- An expired hold is ended under its variant's lock, by public.release_expired_holds; its cart goes after that.
      and not exists (select from public.claims where claims.cart_id = carts.id)
    order by carts.created_at limit at_most for update skip locked
  );
begin
  delete from public.carts where carts.id = any (v_carts);
  return cardinality(v_carts);
end;
$$;
comment on function private.delete_guest_carts(timestamptz, integer) is
  'Deletes carts of guests in which nothing was reserved since a moment. The cookie of such a cart ends after 30 days,
   so nobody can open it; a guest who still has one gets a new cart with the next item.';

create function private.discard_imports(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  -- The rows of one file are deleted together, so one file a call.
  v_imports uuid[] := array(
    select imports.id from public.imports
    where imports.applied_at is null and imports.discarded_at is null and imports.created_at < before
    order by imports.created_at limit least(at_most, 1) for update skip locked
  );
begin
  perform private.discard_imports(v_imports, '00000000-0000-0000-0000-000000000000');
  return cardinality(v_imports);
end;
$$;
comment on function private.discard_imports(timestamptz, integer) is
  'Discards a file that was staged before a moment and never applied.';

create function private.forget_count_entries(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
  v_answers integer;
begin
  delete from public.count_entries where count_entries.ctid = any (array(
    select entry.ctid from public.counts join public.count_entries as entry on entry.count_id = counts.id
    where counts.status <> 'open' and counts.updated_at < before
    limit at_most for update of entry skip locked
  ));
  get diagnostics v_done = row_count;
  delete from public.count_answers where count_answers.ctid = any (array(
    select answer.ctid from public.counts join public.count_answers as answer on answer.count_id = counts.id
    where counts.status <> 'open' and counts.updated_at < before
    limit at_most - v_done for update of answer skip locked
  ));
  get diagnostics v_answers = row_count;
  return v_done + v_answers;
end;
$$;
comment on function private.forget_count_entries(timestamptz, integer) is
  'Deletes the working rows of counts decided before a moment. The count and its results stay.';

create function private.forget_networks(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  update public.orders set network = null
  where orders.id = any (array(
    select old.id from public.orders as old
    where old.network is not null and old.created_at < before
    order by old.created_at limit at_most for update skip locked
  ));
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;
comment on function private.forget_networks(timestamptz, integer) is 'Forgets the network that old orders came from.';

insert into private.retention_rules (kind, keep, sweep) values
  ('idempotency_keys_personal', '1 day', 'reduce_keys'),
  ('guest_carts', '30 days', 'delete_guest_carts'),
  ('claim_history', private.claims_remembered(), 'forget_old_claims'),
  ('staged_imports', '7 days', 'discard_imports'),
  ('count_entries', '180 days', 'forget_count_entries'),
  ('order_networks', '90 days', 'forget_networks');

revoke execute on function public.forget_old_rows(integer) from public, anon, authenticated;
grant execute on function public.forget_old_rows(integer), private.forget_old_rows(integer) to service_role;
do $$
begin
  if exists (select from pg_extension where extname = 'pg_cron') then
    perform cron.schedule('forget-old-rows', '*/5 * * * *', 'select public.forget_old_rows()');
  end if;
end;
$$;
