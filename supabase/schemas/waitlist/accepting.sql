-- An offer becomes a cart's hold in the call of its person: cart, then variant, as everybody locks.

create function private.add_offered_unit(cart public.carts, entry private.waitlist)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_held integer;
  v_offer public.claims;
  v_until timestamptz;
begin
  select * into v_offer from public.claims where claims.offer_id = entry.id;
  select coalesce(sum(claims.quantity), 0), greatest(max(claims.expires_at), v_offer.expires_at) into v_held, v_until
  from public.claims where claims.cart_id = cart.id and claims.variant_id = entry.variant_id;
  -- A line is held in full or not at all.
  insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since, held_until)
  select cart.id, variants.id, v_held + 1, variants.price_minor, private.clock(), v_until
  from public.variants where variants.id = entry.variant_id
  on conflict on constraint cart_lines_pkey do update
  set quantity = excluded.quantity, price_minor = excluded.price_minor, held_since = excluded.held_since,
    held_until = excluded.held_until;

  perform set_config('onhand.offers_wait', 'on', true);
  if exists (
    select from public.claims where claims.cart_id = cart.id and claims.variant_id = entry.variant_id
      and claims.location_id = v_offer.location_id
  ) then
    delete from public.claims where claims.id = v_offer.id;
    update public.claims set quantity = claims.quantity + 1
    where claims.cart_id = cart.id and claims.variant_id = entry.variant_id
      and claims.location_id = v_offer.location_id;
  else
    update public.claims set cart_id = cart.id, offer_id = null where claims.id = v_offer.id;
  end if;
  update public.claims set expires_at = v_until
  where claims.cart_id = cart.id and claims.variant_id = entry.variant_id and claims.expires_at <> v_until;
  update private.waitlist set status = 'accepted' where waitlist.id = entry.id;
  perform set_config('onhand.offers_wait', '', true);
end;
$$;
comment on function private.add_offered_unit(public.carts, private.waitlist) is
  'Turns an offer into one more held unit of the cart''s line, until the offer would have ended. The caller holds cart
   and variant.';

create function private.accept_offer(waitlist_token text, idempotency_key uuid, cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_cart public.carts;
  v_entry private.waitlist;
begin
  v_response := private.begin_once(idempotency_key, 'accept_offer',
    jsonb_build_array(private.cart_owner(cart_token), encode(private.token_hash(waitlist_token), 'hex')));
  if v_response is not null then
    return v_response;
  end if;
  v_cart := private.own_cart(cart_token, make => true, seen_in => private.believed_network(network));
  perform private.check_caller('hold', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  v_entry := private.entry_of(waitlist_token);
  perform private.queue_for(array[v_entry.variant_id]);
  perform private.release_expired(array[v_entry.variant_id]);
  -- Again, under the lock.
  v_entry := private.entry_of(waitlist_token);
  if v_entry.status <> 'offered' then
    perform private.refuse(409, 'offer_ended', jsonb_build_object('status', v_entry.status),
      'The offer has ended. Join the waitlist again.');
  end if;
  perform private.add_offered_unit(v_cart, v_entry);
  perform private.check_cart(v_cart.id, (select shop_limits from private.shop_limits));
  perform private.check_limits(array[v_entry.variant_id], array[(
    select line.quantity from public.cart_lines as line
    where line.cart_id = v_cart.id and line.variant_id = v_entry.variant_id
  )], v_cart.user_id, v_cart.token_hash);
  v_response := private.cart_as_json(v_cart.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers(
    'hold', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]
  );
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.accept_offer(text, uuid, text, text) is 'See public.accept_offer.';

create function public.accept_offer(
  waitlist_token text, idempotency_key uuid, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.accept_offer(waitlist_token, idempotency_key, cart_token, network);
end;
$$;
comment on function public.accept_offer(text, uuid, text, text) is
  'Puts the unit of an offer into the caller''s cart, by the secret of the e-mail: held until the offer would have
   ended, at today''s price. A line that was not held becomes this one unit. Returns the cart as read_cart does. Raises
   offer_ended (409: it lapsed or was accepted), not_found (404), limit_reached (409), hold_limit (409), invalid_input
   (422), too_many_requests (429), blocked (403), busy (503), idempotency_key_reused (409).';
revoke execute on function public.accept_offer(text, uuid, text, text) from public, anon;
grant execute on function public.accept_offer(text, uuid, text, text), private.accept_offer(text, uuid, text, text)
  to authenticated, service_role;

-- Staff -------------------------------------------------------------------------------------------------------------

create function private.read_waitlist(variant_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return jsonb_build_object(
    'in_line', coalesce((
      select availability.in_line from public.availability where availability.variant_id = read_waitlist.variant_id
    ), 0),
    'entries', (
      select coalesce(jsonb_agg(to_jsonb(listed) order by listed.place), '[]')
      from (
        select entry.id, entry.status, entry.place, entry.created_at, entry.offered_until,
          entry.user_id is not null as has_account
        from private.waitlist as entry
        where entry.variant_id = read_waitlist.variant_id and entry.status in ('waiting', 'offered')
        order by entry.place limit 50
      ) as listed
    )
  );
end;
$$;
comment on function private.read_waitlist(uuid) is 'See public.read_waitlist.';

create function public.read_waitlist(variant_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_waitlist(variant_id);
end;
$$;
comment on function public.read_waitlist(uuid) is
  'The line of a variant: {in_line, entries}; the first 50 entries [{id, status, place, created_at, offered_until,
   has_account}], never an address. Staff of any role. Raises role_required (403).';
revoke execute on function public.read_waitlist(uuid) from public, anon;
grant execute on function public.read_waitlist(uuid), private.read_waitlist(uuid) to authenticated, service_role;
