set check_function_bodies = off;

create or replace function private.join_account(wanted uuid, address text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_entry bigint;
begin
  begin
    -- An entry of a guest with this address becomes the account's.
    insert into private.waitlist as entry (variant_id, email, user_id, status)
    values (join_account.wanted, join_account.address, auth.uid(), 'unconfirmed')
    on conflict (variant_id, email) where status in ('unconfirmed', 'waiting', 'offered') do update
    set user_id = excluded.user_id
    returning entry.id into v_entry;
  exception when foreign_key_violation then
    -- A token outlives its account by up to an hour.
    perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
  end;
  if exists (select from private.waitlist as entry where entry.id = v_entry and entry.status = 'unconfirmed') then
    perform private.take_place(v_entry, join_account.wanted);
  end if;
end;
$$;

COMMENT ON FUNCTION "public"."join_waitlist"(uuid, uuid, text, text) IS 'Puts a person on the waitlist of a variant that is sold out: the signed-in caller at once, a guest (email) when they
   follow the link of the e-mail that this writes. One entry per person and variant; asking twice is asking once.
   Returns {is_confirmed}, the same whether the address is known or not. Raises invalid_input (422), not_found (404),
   still_available (409), waitlist_limit (409), too_many_requests (429), blocked (403), busy (503), signed_out (401:
   the account was deleted), idempotency_key_reused (409).';

reset check_function_bodies;
