set check_function_bodies = off;

create or replace function private.ask_guest(variant_id uuid, email text, network text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  c_unconfirmed constant integer := 3;
  c_of_a_network constant integer := 10;
  v_entry private.waitlist;
begin
  if network is not null and (
    select count(*) from private.waitlist as entry
    where entry.network = ask_guest.network and entry.variant_id = ask_guest.variant_id
      and entry.status in ('unconfirmed', 'waiting', 'offered') and entry.email <> ask_guest.email
  ) >= c_of_a_network then
    perform private.refuse(private.waitlist_limit(c_of_a_network));
  end if;
  -- More than this could fill a mailbox that is not the caller's. The response is the same.
  perform private.lock_address(ask_guest.email);
  if (
    select count(*) from private.waitlist as entry
    where entry.email = ask_guest.email and entry.status = 'unconfirmed' and entry.variant_id <> ask_guest.variant_id
  ) >= c_unconfirmed then
    return;
  end if;
  insert into private.waitlist (variant_id, email, network, status)
  values (ask_guest.variant_id, ask_guest.email, ask_guest.network, 'unconfirmed')
  on conflict do nothing;
  select * into v_entry from private.waitlist as entry
  where entry.variant_id = ask_guest.variant_id and entry.email = ask_guest.email
    and entry.status in ('unconfirmed', 'waiting', 'offered');
  if v_entry.status = 'unconfirmed' then
    -- One an hour, however often they ask.
    perform private.owe_waitlist_mail(v_entry.id, 'waitlist_confirm',
      date_trunc('hour', private.clock(), 'UTC')::text, private.clock() + interval '3 days');
  end if;
end;
$$;

create or replace function private.join_account(wanted uuid, address text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_entry bigint;
begin
  -- Deleting an account locks its row first and then the variants it waits for, so this waits for no such row.
  perform from auth.users where users.id = auth.uid() for key share skip locked;
  if not found then
    perform private.require_account();
    perform private.refuse(private.busy());
  end if;
  -- An entry of a guest with this address becomes the account's.
  insert into private.waitlist as entry (variant_id, email, user_id, status)
  values (join_account.wanted, join_account.address, auth.uid(), 'unconfirmed')
  on conflict (variant_id, email) where status in ('unconfirmed', 'waiting', 'offered') do update
  set user_id = excluded.user_id
  returning entry.id into v_entry;
  if exists (select from private.waitlist as entry where entry.id = v_entry and entry.status = 'unconfirmed') then
    perform private.take_place(v_entry, join_account.wanted);
  end if;
end;
$$;

create or replace function private.join_waitlist(variant_id uuid, idempotency_key uuid, email text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set lock_timeout = '3s'
as $$
declare
  v_network text := private.believed_network(network);
  -- An account has a place for its own address alone: that one is confirmed.
  v_email text := private.email_in(to_jsonb(case
    when auth.uid() is null then join_waitlist.email
    else (select users.email::text from auth.users where users.id = auth.uid())
  end));
  v_response jsonb;
begin
  v_response := private.begin_once(
    idempotency_key, 'join_waitlist', jsonb_build_array(auth.uid(), v_email, variant_id)
  );
  if v_response is not null then
    return v_response;
  end if;
  if auth.uid() is not null then
    perform private.require_account();
  end if;
  if v_email is null then
    perform private.refuse(422, 'invalid_input', '{"field": "email", "problem": "missing or not valid"}',
      'Send the address that the offer goes to.');
  end if;
  perform private.take_turn('waitlist', null, v_network);
  if not exists (
    select from public.variants
    join public.products on products.id = variants.product_id and products.status = 'active'
    where variants.id = join_waitlist.variant_id and variants.active
  ) then
    perform private.refuse(
      404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not for sale any more.'
    );
  end if;
  perform private.queue_for(array[variant_id]);
  perform private.release_expired(array[variant_id]);
  if private.units_for_sale(variant_id) > 0 then
    perform private.refuse(
      409, 'still_available', jsonb_build_object('variant_id', variant_id), 'Put it into the cart.'
    );
  end if;
  if auth.uid() is null then
    perform private.ask_guest(variant_id, v_email, v_network);
  else
    perform private.join_account(variant_id, v_email);
  end if;
  v_response := jsonb_build_object('is_confirmed', auth.uid() is not null);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.lock_address(email text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(lock_address.email, 3));
end;
$$;

create or replace function private.require_account()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  -- A token outlives its account by up to an hour.
  if not exists (select from auth.users where users.id = auth.uid()) then
    perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
  end if;
end;
$$;

create or replace function private.take_place(entry_id bigint, variant_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  c_lines constant integer := 20;
begin
  perform private.lock_address(entry.email) from private.waitlist as entry where entry.id = take_place.entry_id;
  if (
    select count(*) from private.waitlist as other
    join private.waitlist as own on own.id = take_place.entry_id and own.email = other.email
    where other.status in ('waiting', 'offered')
  ) >= c_lines then
    perform private.refuse(private.waitlist_limit(c_lines));
  end if;
  update private.waitlist as entry
  set status = 'waiting', place = nextval('private.waitlist_places')
  where entry.id = take_place.entry_id and entry.status = 'unconfirmed';
  -- Units can have come back in the meantime.
  perform private.serve_waitlist(array[take_place.variant_id]);
end;
$$;

COMMENT ON FUNCTION "private"."join_account"(uuid, text) IS 'Puts the signed-in caller into the line; their address is confirmed. The caller holds the variant. Raises signed_out
   (401), busy (503: the account is being deleted).';

COMMENT ON FUNCTION "private"."lock_address"(text) IS 'Lets one call at a time count the entries of an address, which are of many variants. Taken after the variant, and no
   other lock is awaited under it.';

COMMENT ON FUNCTION "private"."require_account"() IS 'Raises signed_out (401) when the caller''s account was deleted.';

REVOKE ALL ON FUNCTION "private"."lock_address"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_account"() FROM PUBLIC;

reset check_function_bodies;
