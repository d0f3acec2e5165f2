set check_function_bodies = off;

create or replace function private.audit_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
-- Nothing is known of a transition table's size, and a nested loop over ten thousand rows takes seconds.
set enable_nestloop = off
as $$
declare
  v_subject text := tg_argv[0];
  v_key text := tg_argv[1];
  v_label text := tg_argv[2];
begin
  if tg_op = 'INSERT' then
    insert into public.audit_trail (action, subject, subject_id, label, after)
    select 'created', v_subject, fresh.fields ->> v_key, coalesce(fresh.fields ->> v_label, v_subject),
      private.differing(fresh.fields, null)
    from (select to_jsonb(added) from added) as fresh (fields);
  elsif tg_op = 'DELETE' then
    insert into public.audit_trail (action, subject, subject_id, label, before)
    select 'removed', v_subject, former.fields ->> v_key, coalesce(former.fields ->> v_label, v_subject),
      private.differing(former.fields, null)
    from (select to_jsonb(gone) from gone) as former (fields);
  else
    insert into public.audit_trail (action, subject, subject_id, label, before, after)
    select 'changed', v_subject, fresh.fields ->> v_key, coalesce(fresh.fields ->> v_label, v_subject),
      private.differing(former.fields, fresh.fields), private.differing(fresh.fields, former.fields)
    from (select to_jsonb(gone) from gone) as former (fields)
    join (select to_jsonb(added) from added) as fresh (fields) on fresh.fields ->> v_key = former.fields ->> v_key
    where private.differing(fresh.fields, former.fields) is not null;
  end if;
  return null;
end;
$$;

create or replace function private.own_cart(cart_token text, make boolean default false, seen_in text default null)
returns public.carts
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_hash bytea := case when v_user is null then private.token_hash(cart_token) end;
  v_cart public.carts;
begin
  if make then
    begin
      insert into public.carts (user_id, token_hash, network) values (v_user, v_hash, seen_in) on conflict do nothing;
    exception when foreign_key_violation then
      -- A token outlives its account by up to an hour.
      perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
    end;
  end if;
  if v_user is null then
    select * into v_cart from public.carts where carts.token_hash = v_hash for no key update;
    if seen_in <> v_cart.network or (seen_in is not null and v_cart.network is null) then
      update public.carts set network = seen_in where carts.id = v_cart.id returning * into v_cart;
    end if;
  else
    select * into v_cart from public.carts where carts.user_id = v_user for no key update;
  end if;
  if make and v_cart.id is null then
    -- It was there when this began, and its account was erased, or its line ended, before it could be locked.
    perform private.refuse(private.busy());
  end if;
  return v_cart;
end;
$$;

COMMENT ON FUNCTION "private"."audit_changes"() IS 'One line per row that a statement created, changed or removed. Arguments: the subject, its key column, the column
   people know it by. A row without that name is named by its subject.';

COMMENT ON FUNCTION "private"."own_cart"(text, boolean, text) IS 'The caller''s cart, locked; a new one if there is none and make is true; otherwise NULLs. seen_in: the network of
   a guest, as private.believed_network answered. Raises signed_out (401) for an account that was deleted, busy (503)
   when a cart is deleted at the same moment.';

reset check_function_bodies;
