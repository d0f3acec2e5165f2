-- The personal data of an account, for its owner: everything that erasing would take away (erasure.sql). Refusals:
-- signed_out.

create function private.export_of_staff_records(person uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'marketing_consents', (
      select coalesce(jsonb_agg(jsonb_build_object('given', consent.given, 'source', consent.source,
        'at', consent.created_at) order by consent.id), '[]')
      from public.marketing_consents as consent
      where consent.user_id = person
        or consent.order_id in (select orders.id from public.orders where orders.user_id = person)
    ),
    'notes', (
      select coalesce(jsonb_agg(jsonb_build_object('body', note.body, 'at', note.created_at) order by note.id), '[]')
      from public.customer_notes as note
      where note.order_id in (select orders.id from public.orders where orders.user_id = person)
    )
  );
end;
$$;
comment on function private.export_of_staff_records(uuid) is
  'Records about a person beside their orders: consents to advertising, and notes of staff.';

create function private.export_account()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_orders constant integer := 1000;
  v_person uuid := auth.uid();
begin
  if not exists (select from auth.users where users.id = v_person) then
    perform private.refuse(401, 'signed_out', '{}', 'Sign in first.');
  end if;
  return private.export_of_staff_records(v_person) || jsonb_build_object(
    'exported_at', private.clock(),
    'account', (
      select jsonb_build_object('id', users.id, 'email', users.email, 'created_at', users.created_at,
        'last_sign_in_at', users.last_sign_in_at)
      from auth.users where users.id = v_person
    ),
    'staff', (
      select jsonb_build_object('name', staff.name, 'email', staff.email, 'role', staff.role, 'active', staff.active,
        'created_at', staff.created_at)
      from public.staff where staff.user_id = v_person
    ),
    'cart', (
      select coalesce(jsonb_agg(jsonb_build_object('sku', variants.sku, 'title', products.title,
        'quantity', line.quantity) order by variants.sku), '[]')
      from public.carts
      join public.cart_lines as line on line.cart_id = carts.id
      join public.variants on variants.id = line.variant_id
      join public.products on products.id = variants.product_id
      where carts.user_id = v_person
    ),
    'waitlists', (
      select coalesce(jsonb_agg(jsonb_build_object('sku', variants.sku, 'email', entry.email, 'status', entry.status,
        'created_at', entry.created_at) order by entry.id), '[]')
      from private.waitlist as entry
      join public.variants on variants.id = entry.variant_id
      where entry.user_id = v_person
    ),
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object('body', message.body, 'by', message.kind,
        'at', message.created_at) order by message.created_at), '[]')
      from public.conversations as conversation
      join public.conversation_messages as message on message.conversation_id = conversation.id
      where conversation.user_id = v_person
    ),
    'orders_total', (select count(*) from public.orders where orders.user_id = v_person),
    'orders', (
      select coalesce(jsonb_agg(private.order_as_json(own.id) - '{version,now}'::text[] order by own.number desc), '[]')
      from (
        select orders.id, orders.number from public.orders where orders.user_id = v_person
        order by orders.number desc limit c_orders
      ) as own
    )
  );
end;
$$;
comment on function private.export_account() is 'See public.export_account.';

create function public.export_account()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.export_account();
end;
$$;
comment on function public.export_account() is
  'The personal data of the signed-in caller: {exported_at, account, staff, cart, waitlists, marketing_consents,
   notes: what staff noted, messages, orders_total, orders}, the latest 1000 orders as read_order returns them. Raises
   signed_out (401).';

revoke execute on function public.export_account() from public, anon, service_role;
grant execute on function public.export_account(), private.export_account() to authenticated;
