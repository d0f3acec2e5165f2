-- The count beside a cart is right on every screen that shows it: this browser's other tabs, a shopper's other devices.
-- Row level security cannot know a guest, so carts are not streamed. A client with the id of a cart, which is random
-- and only sent to its shopper, receives the number of units in it and nothing else. The shop's server reads for a
-- page.

create function private.units_in(cart_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select coalesce(sum(line.quantity), 0) from public.cart_lines as line where line.cart_id = units_in.cart_id);
end;
$$;
comment on function private.units_in(uuid) is 'How many units a cart has, held or not.';

create function private.renew_carts(cart_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_cart record;
begin
  for v_cart in
    with renewed as (
      update public.carts
      set version = carts.version + 1
      where carts.id = any (cart_ids)
      -- Nobody knows the id of a cart that this call made: no page follows it.
      returning carts.id, carts.version, carts.version = 2 and carts.created_at = now() as is_new
    )
    select renewed.id, renewed.version, coalesce(sum(line.quantity), 0)::integer as units
    from renewed
    left join public.cart_lines as line on line.cart_id = renewed.id
    where not renewed.is_new
    group by renewed.id, renewed.version
  loop
    perform realtime.send(jsonb_build_object('table', 'carts', 'new', jsonb_build_object('cart_id', v_cart.id,
      'units', v_cart.units, 'version', v_cart.version)), 'changed', 'carts:' || v_cart.id, true);
  end loop;
end;
$$;
comment on function private.renew_carts(uuid[]) is
  'Raises the version of carts whose lines have changed, and broadcasts {table, new: {cart_id, units, version}} on the
   private channel carts:<id>: in the shape of a change that Realtime streams, so that a page applies it like one. A
   message that could not be sent is a warning, and pages compare themselves with the database regularly. The caller
   holds the carts.';

create function private.renew_cart_of_line()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.renew_carts(array[new.cart_id]);
  return null;
end;
$$;
comment on function private.renew_cart_of_line() is 'See private.renew_carts.';
create trigger cart_lines_come after insert on public.cart_lines
  for each row execute function private.renew_cart_of_line();
create trigger cart_lines_change after update on public.cart_lines
  for each row when (new.quantity <> old.quantity) execute function private.renew_cart_of_line();

create function private.renew_carts_of_lines()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.renew_carts(array(select distinct gone.cart_id from gone));
  return null;
end;
$$;
comment on function private.renew_carts_of_lines() is
  'See private.renew_carts. Once a cart, however many of its lines went.';
create trigger cart_lines_go after delete on public.cart_lines
  referencing old table as gone
  for each statement execute function private.renew_carts_of_lines();

-- Asking ------------------------------------------------------------------------------------------------------

create function private.cart_units(cart uuid)
returns table (cart_id uuid, units integer, version bigint)
language sql
stable
security definer
set search_path = ''
as $$
  select carts.id, private.units_in(carts.id), carts.version from public.carts where carts.id = cart_units.cart
$$;
comment on function private.cart_units(uuid) is 'See public.cart_units.';

create function public.cart_units(cart uuid)
returns table (cart_id uuid, units integer, version bigint)
language sql
stable
security invoker
set search_path = ''
as $$
  select * from private.cart_units(cart)
$$;
comment on function public.cart_units(uuid) is
  'How many units are in the cart with this id, and its version, which grows with every change of its lines: one row, or
   none where there is no such cart. The id is the secret: it tells a count and opens nothing. For the shop''s server.';
revoke execute on function public.cart_units(uuid) from public, anon, authenticated;
grant execute on function public.cart_units(uuid), private.cart_units(uuid) to service_role;

-- No policy to insert: only the database speaks there.
create policy "who knows a cart hears how many units are in it" on realtime.messages
  for select to anon, authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'carts:%');
