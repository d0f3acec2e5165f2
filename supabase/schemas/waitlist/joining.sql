-- Joining and leaving a line. Refusals (docs/errors.md): invalid_input, not_found, still_available, waitlist_limit,
-- too_many_requests, blocked, busy, idempotency_key_reused. Nothing says whether an address is known.

create function private.waitlist_limit(at_most integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'waitlist_limit', jsonb_build_object('at_most', at_most),
    'Leave another waitlist first.')
$$;
comment on function private.waitlist_limit(integer) is 'The refusal of a person or network with too many entries.';

create function private.lock_address(email text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(lock_address.email, 3));
end;
$$;
comment on function private.lock_address(text) is
  'Lets one call at a time count the entries of an address, which are of many variants. Taken after the variant, and no
   other lock is awaited under it.';

create function private.take_place(entry_id bigint, variant_id uuid)
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
comment on function private.take_place(bigint, uuid) is
  'Puts a confirmed person at the end of the line. The caller holds the variant. Raises waitlist_limit (409).';

create function private.ask_guest(variant_id uuid, email text, network text)
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
comment on function private.ask_guest(uuid, text, text) is
  'Notes a guest and owes them an e-mail to confirm; for an address that is in the line, nothing. Raises waitlist_limit
   (409).';

create function private.require_account()
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
comment on function private.require_account() is 'Raises signed_out (401) when the caller''s account was deleted.';

create function private.join_account(wanted uuid, address text)
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
comment on function private.join_account(uuid, text) is
  'Puts the signed-in caller into the line; their address is confirmed. The caller holds the variant. Raises signed_out
   (401), busy (503: the account is being deleted).';

create function private.join_waitlist(variant_id uuid, idempotency_key uuid, email text, network text)
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
comment on function private.join_waitlist(uuid, uuid, text, text) is 'See public.join_waitlist.';

create function public.join_waitlist(
  variant_id uuid, idempotency_key uuid, email text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.join_waitlist(variant_id, idempotency_key, email, network);
end;
$$;
comment on function public.join_waitlist(uuid, uuid, text, text) is
  'Puts a person on the waitlist of a variant that is sold out: the signed-in caller at once, a guest (email) when they
   follow the link of the e-mail that this writes. One entry per person and variant; asking twice is asking once.
   Returns {is_confirmed}, the same whether the address is known or not. Raises invalid_input (422), not_found (404),
   still_available (409), waitlist_limit (409), too_many_requests (429), blocked (403), busy (503), signed_out (401:
   the account was deleted), idempotency_key_reused (409).';

-- By the link of an e-mail -----------------------------------------------------------------------------------------

create function private.entry_of(waitlist_token text)
returns private.waitlist
language plpgsql
stable
set search_path = ''
as $$
declare
  v_entry private.waitlist;
begin
  select entry.* into v_entry
  from private.waitlist_links as link
  join private.waitlist as entry on entry.id = link.entry_id
  where link.token_hash = private.token_hash(waitlist_token);
  if not found then
    perform private.refuse(404, 'not_found', '{}', 'The entry has ended. Join the waitlist again.');
  end if;
  return v_entry;
end;
$$;
comment on function private.entry_of(text) is
  'The entry that the secret of a link opens. Raises not_found (404), invalid_input (422).';

create function private.waitlist_entry_as_json(entry private.waitlist)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'status', entry.status, 'offered_until', entry.offered_until, 'now', private.clock(),
      'ahead', case when entry.status = 'waiting' then (
        select count(*) from private.waitlist as other
        where other.variant_id = entry.variant_id and other.status = 'waiting' and other.place < entry.place
      ) end,
      'variant_id', variants.id, 'sku', variants.sku, 'option_values', variants.option_values,
      'handle', products.handle, 'title', products.title, 'price_minor', variants.price_minor,
      'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row)
    )
    from public.variants
    join public.products on products.id = variants.product_id
    where variants.id = entry.variant_id
  );
end;
$$;
comment on function private.waitlist_entry_as_json(private.waitlist) is 'See public.read_waitlist_entry.';

create function private.read_waitlist_entry(waitlist_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.waitlist_entry_as_json(private.entry_of(waitlist_token));
end;
$$;
comment on function private.read_waitlist_entry(text) is 'See public.read_waitlist_entry.';

create function public.read_waitlist_entry(waitlist_token text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_waitlist_entry(waitlist_token);
end;
$$;
comment on function public.read_waitlist_entry(text) is
  'The entry that the secret of an e-mail opens: {status, offered_until, now, ahead, variant_id, sku, option_values,
   handle, title, price_minor, currency}; ahead is how many wait before it. Never the address. For the shop''s server.
   Raises not_found (404), invalid_input (422).';

create function private.confirm_waitlist(waitlist_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_entry private.waitlist := private.entry_of(waitlist_token);
begin
  if v_entry.status = 'unconfirmed' then
    perform private.queue_for(array[v_entry.variant_id]);
    perform private.release_expired(array[v_entry.variant_id]);
    perform private.take_place(v_entry.id, v_entry.variant_id);
  end if;
  return private.read_waitlist_entry(waitlist_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.confirm_waitlist(text) is 'See public.confirm_waitlist.';

create function public.confirm_waitlist(waitlist_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.confirm_waitlist(waitlist_token);
end;
$$;
comment on function public.confirm_waitlist(text) is
  'Confirms a guest''s address by the secret of the e-mail: they are at the end of the line. Called twice it has the
   effect of one call. Returns the entry as read_waitlist_entry does. For the shop''s server. Raises not_found (404),
   waitlist_limit (409), invalid_input (422), busy (503).';

create function private.leave_lines(entries bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- First those that wait: a unit that an offer gives back must not be offered to one of them.
  delete from private.waitlist as entry where entry.id = any (entries) and entry.status in ('unconfirmed', 'waiting');
  delete from public.claims where claims.offer_id = any (entries);
  delete from private.mail
  where mail.request like 'waitlist:%' and split_part(mail.request, ':', 2) = any (entries::text[]);
  delete from private.waitlist as entry where entry.id = any (entries);
end;
$$;
comment on function private.leave_lines(bigint[]) is
  'Deletes entries with their addresses; a unit offered to one goes to the next in line. The caller holds the
   variants.';

create function private.leave_waitlist(waitlist_token text)
returns boolean
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_entry private.waitlist := private.entry_of(waitlist_token);
begin
  perform private.queue_for(array[v_entry.variant_id]);
  perform private.leave_lines(array[v_entry.id]);
  return true;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.leave_waitlist(text) is 'See public.leave_waitlist.';

create function public.leave_waitlist(waitlist_token text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.leave_waitlist(waitlist_token);
end;
$$;
comment on function public.leave_waitlist(text) is
  'Deletes the entry with its address, by the secret of an e-mail; a unit that was offered goes to the next in line.
   For the shop''s server. Raises not_found (404), invalid_input (422), busy (503).';

revoke execute on function public.join_waitlist(uuid, uuid, text, text) from public, anon;
grant execute on function
  public.join_waitlist(uuid, uuid, text, text), private.join_waitlist(uuid, uuid, text, text)
  to authenticated, service_role;
revoke execute on function public.read_waitlist_entry(text), public.confirm_waitlist(text), public.leave_waitlist(text)
  from public, anon, authenticated;
grant execute on function public.read_waitlist_entry(text), private.read_waitlist_entry(text),
  public.confirm_waitlist(text), private.confirm_waitlist(text), public.leave_waitlist(text),
  private.leave_waitlist(text) to service_role;
