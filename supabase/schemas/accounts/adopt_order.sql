create function private.give_order(order_id uuid, user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  begin
    update public.orders set user_id = give_order.user_id
    where orders.id = give_order.order_id
    returning * into v_order;
  exception when foreign_key_violation then
    perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
  end;
  if v_order.placed_at is not null then
    insert into public.customers as customer (user_id, orders, total_minor, cancelled)
    values (give_order.user_id, 1, v_order.total_minor, (v_order.status = 'cancelled')::integer)
    on conflict on constraint customers_pkey do update
    set orders = customer.orders + 1,
      total_minor = customer.total_minor + excluded.total_minor,
      cancelled = customer.cancelled + excluded.cancelled,
      updated_at = now();
  end if;
end;
$$;
comment on function private.give_order(uuid, uuid) is
  'Makes a guest''s order one of an account. The caller holds the order. Raises signed_out (401) for an account that was
   deleted.';

create function private.adopt_order(order_id uuid, order_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_order public.orders := private.lock_order(order_id);
begin
  if not private.owns_order(v_order, order_token) or coalesce(v_order.user_id <> auth.uid(), false) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link.');
  end if;
  if v_order.user_id is null then
    perform private.give_order(v_order.id, auth.uid());
  end if;
  return private.order_as_json(v_order.id);
end;
$$;
comment on function private.adopt_order(uuid, text) is 'See public.adopt_order.';

create function public.adopt_order(order_id uuid, order_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.adopt_order(order_id, order_token);
end;
$$;
comment on function public.adopt_order(uuid, text) is
  'Makes a guest''s order one of the signed-in caller''s, for whoever has its secret; the secret goes on working.
   Returns the order as read_order does. An order of another account, a wrong secret and none are the same answer:
   not_found (404). Raises signed_out (401) for an account that was deleted.';

-- Orders of an account -----------------------------------------------------------------------------------------

create function private.read_own_orders(page integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_size constant integer := 20;
begin
  if page is null or page not between 1 and 10000 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'page', 'problem', 'not 1 to 10000', 'value', page),
      'Pages are counted from 1.');
  end if;
  return jsonb_build_object(
    'total', (select count(*) from public.orders where orders.user_id = auth.uid()),
    'orders', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', own.id, 'number', own.number, 'status', own.status, 'currency', own.currency,
        'units', own.units, 'total_minor', own.total_minor, 'created_at', own.created_at, 'order_items', (
          select coalesce(
            jsonb_agg(jsonb_build_object('title', item.title, 'quantity', item.quantity) order by item.id), '[]')
          from public.order_items as item where item.order_id = own.id
        )) order by own.number desc), '[]')
      from (
        select * from public.orders where orders.user_id = auth.uid()
        order by orders.number desc
        offset (page - 1) * c_size limit c_size
      ) as own
    )
  );
end;
$$;
comment on function private.read_own_orders(integer) is 'See public.read_own_orders.';

create function public.read_own_orders(page integer default 1)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_own_orders(page);
end;
$$;
comment on function public.read_own_orders(integer) is
  'The orders of the signed-in caller, the latest first, twenty a page: {total, orders: [{id, number, status,
   currency, units, total_minor, created_at, order_items: [{title, quantity}]}]}. Raises invalid_input (422) for a
   page that is none.';

create function private.is_own_order(order_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (select from public.orders where orders.id = is_own_order.order_id and orders.user_id = auth.uid());
end;
$$;
comment on function private.is_own_order(uuid) is 'See public.is_own_order.';

create function public.is_own_order(order_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.is_own_order(order_id);
end;
$$;
comment on function public.is_own_order(uuid) is 'Whether an order is in the account of the signed-in caller.';

create function private.read_last_contact()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce((
    select jsonb_build_object('name', orders.name, 'address', orders.address)
    from public.orders where orders.user_id = auth.uid()
    order by orders.number desc
    limit 1
  ), '{}');
end;
$$;
comment on function private.read_last_contact() is 'See public.read_last_contact.';

create function public.read_last_contact()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_last_contact();
end;
$$;
comment on function public.read_last_contact() is
  'The name and address of the signed-in caller''s latest order, to begin the next with: {name, address}; {} where
   there is none.';

revoke execute on function
  public.adopt_cart(text), public.adopt_order(uuid, text), public.read_own_orders(integer), public.is_own_order(uuid),
  public.read_last_contact()
from public, anon, service_role;
grant execute on function
  public.adopt_cart(text), public.adopt_order(uuid, text), private.adopt_cart(text), private.adopt_order(uuid, text),
  public.read_own_orders(integer), private.read_own_orders(integer),
  public.is_own_order(uuid), private.is_own_order(uuid),
  public.read_last_contact(), private.read_last_contact()
to authenticated;
