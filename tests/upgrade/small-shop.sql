-- A small shop in the middle of a day, made with the functions of the last released version: goods, open holds, orders
-- in each state, payments, a return, an open count, a transfer in transit and a delivery that arrived in part. When a
-- release changes these functions, this file changes with the line "released …" in supabase/migrations.lock.

insert into auth.users (id, email) values
  ('00000000-0000-4000-8000-0000000000a1', 'manager@small.test'),
  ('00000000-0000-4000-8000-0000000000a2', 'stock@small.test');
insert into public.staff (user_id, name, email, role) values
  ('00000000-0000-4000-8000-0000000000a1', 'Mia', 'manager@small.test', 'manager'),
  ('00000000-0000-4000-8000-0000000000a2', 'Sam', 'stock@small.test', 'stock');

insert into public.locations (id, slug, name, position) values
  ('00000000-0000-4000-8000-0000000000b1', 'small-shop', 'Shop', 1),
  ('00000000-0000-4000-8000-0000000000b2', 'small-store', 'Store', 2);
insert into public.categories (slug, title) values ('small', 'Small goods');
insert into public.products (id, handle, title, category, status, option_names) values
  ('00000000-0000-4000-8000-0000000000c1', 'cup', 'Cup', 'small', 'active', '{Colour}'),
  ('00000000-0000-4000-8000-0000000000c2', 'plate', 'Plate', 'small', 'active', '{}');
insert into public.variants (id, product_id, sku, option_values, price_minor, barcode) values
  ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-0000000000c1', 'CUP-RED', '{red}', 1200, '5901234123457'),
  ('00000000-0000-4000-8000-0000000000d2', '00000000-0000-4000-8000-0000000000c1', 'CUP-BLUE', '{blue}', 1300, null),
  ('00000000-0000-4000-8000-0000000000d3', '00000000-0000-4000-8000-0000000000c2', 'PLATE', '{}', 2500, null);
update public.products set title = 'Dinner plate' where handle = 'plate';
update private.payment_providers set enabled = true;

do $$
declare
  v_cup constant uuid := '00000000-0000-4000-8000-0000000000d1';
  v_blue constant uuid := '00000000-0000-4000-8000-0000000000d2';
  v_plate constant uuid := '00000000-0000-4000-8000-0000000000d3';
  v_shop constant uuid := '00000000-0000-4000-8000-0000000000b1';
  v_store constant uuid := '00000000-0000-4000-8000-0000000000b2';
  v_address constant jsonb :=
    '{"method": "delivery", "address": {"line1": "1 Quay", "postcode": "20095", "city": "Hamburg", "country": "DE"}}';
  v_buyer text;
  v_token text;
  v_order jsonb;
  v_read jsonb;
  v_event text;
  v_count uuid;
  v_done uuid;
  v_import uuid;
  v_delivery uuid;
begin
  perform public.receive_stock(location_id => v_shop, document => 'DN-1', idempotency_key => gen_random_uuid(),
    lines => jsonb_build_array(jsonb_build_object('variant_id', v_cup, 'quantity', 40),
      jsonb_build_object('variant_id', v_blue, 'quantity', 12), jsonb_build_object('variant_id', v_plate, 'quantity', 9)));
  perform public.receive_stock(location_id => v_store, document => 'DN-2', idempotency_key => gen_random_uuid(),
    lines => jsonb_build_array(jsonb_build_object('variant_id', v_cup, 'quantity', 15)));
  perform public.adjust_stock(variant_id => v_plate, location_id => v_shop, delta => -1, reason => 'damage',
    idempotency_key => gen_random_uuid(), note => 'chipped');

  -- A hold that stays open, one that was released in part, and one order for each state.
  foreach v_buyer in array array['holds', 'releases', 'placed', 'cancelled', 'fulfilled', 'returned', 'unpaid', 'paid'] loop
    v_token := rpad(v_buyer, 32, '0');
    perform public.hold_stock(variant_id => v_cup, quantity => 3, idempotency_key => gen_random_uuid(), cart_token => v_token);
    if v_buyer = 'releases' then
      perform public.release_hold(variant_id => v_cup, idempotency_key => gen_random_uuid(), cart_token => v_token, quantity => 2);
    end if;
    continue when v_buyer in ('holds', 'releases');
    v_order := public.place_order(
      contact => jsonb_build_object('email', v_buyer || '@small.test', 'name', initcap(v_buyer)),
      delivery => case when v_buyer in ('unpaid', 'paid') then v_address
        else jsonb_build_object('method', 'collection', 'location_id', v_shop) end,
      payment => case when v_buyer in ('unpaid', 'paid') then 'sandbox' else 'on_collection' end::public.payment_provider,
      idempotency_key => gen_random_uuid(), cart_token => v_token, order_token => v_token);
    v_read := public.read_order(order_id => (v_order ->> 'order_id')::uuid, order_token => v_token);
    case v_buyer
      when 'cancelled' then
        perform public.cancel_order(order_id => (v_order ->> 'order_id')::uuid, idempotency_key => gen_random_uuid(), order_token => v_token);
      when 'fulfilled', 'returned' then
        perform public.fulfil_order(order_id => (v_order ->> 'order_id')::uuid, location_id => v_shop, idempotency_key => gen_random_uuid());
      when 'paid' then
        v_event := jsonb_build_object('provider', 'sandbox', 'event_id', gen_random_uuid(), 'payment_id', v_order -> 'payment_id',
          'kind', 'captured', 'amount_minor', v_order -> 'total_minor')::text;
        perform public.receive_payment_event(payload => v_event, signature => private.sign_payment_event('sandbox', v_event));
      else null;
    end case;
    if v_buyer = 'returned' then
      perform public.return_items(order_id => (v_order ->> 'order_id')::uuid, location_id => v_store, idempotency_key => gen_random_uuid(),
        lines => jsonb_build_array(jsonb_build_object('order_item_id', v_read #> '{items,0,id}', 'quantity', 1, 'outcome', 'restock')));
    end if;
  end loop;

  select id into v_count from public.start_count(location_id => v_shop, blind => false, idempotency_key => gen_random_uuid());
  perform public.record_count(count_id => v_count, entries => jsonb_build_array(jsonb_build_object(
    'id', gen_random_uuid(), 'code', 'PLATE', 'units', 7, 'began_ms', 3600000, 'ended_ms', 3590000)));

  -- Movements of an import and of a count that was approved and reversed, and two references that only look like documents.
  select id into v_import from public.begin_import(file_name => 'inventory.csv', idempotency_key => gen_random_uuid(), kind => 'inventory');
  perform public.stage_levels(v_import, jsonb_build_array(jsonb_build_object('line', 2, 'sku', 'CUP-BLUE', 'option_values', '{}'::text[], 'location', 'small-shop', 'counted', 20)));
  perform public.apply_import(import_id => v_import, idempotency_key => gen_random_uuid());
  select id into v_done from public.start_count(location_id => v_store, blind => false, idempotency_key => gen_random_uuid());
  perform public.record_count(count_id => v_done, entries => jsonb_build_array(jsonb_build_object(
    'id', gen_random_uuid(), 'code', 'PLATE', 'units', 3, 'began_ms', 3600000, 'ended_ms', 3590000)));
  perform public.approve_count(count_id => v_done, idempotency_key => gen_random_uuid());
  perform public.reverse_count(count_id => v_done, idempotency_key => gen_random_uuid());
  perform public.receive_stock(location_id => v_store, document => 'order ' || (v_read ->> 'number'), idempotency_key => gen_random_uuid(),
    lines => jsonb_build_array(jsonb_build_object('variant_id', v_blue, 'quantity', 1)));
  perform public.adjust_stock(variant_id => v_cup, location_id => v_store, delta => 1, reason => 'return',
    idempotency_key => gen_random_uuid(), document => 'order ' || (v_read ->> 'number'));

  perform public.send_transfer(from_location_id => v_shop, to_location_id => v_store, idempotency_key => gen_random_uuid(),
    lines => jsonb_build_array(jsonb_build_object('variant_id', v_blue, 'quantity', 4)));
  select id into v_delivery from public.announce_delivery(supplier => 'Ilse', to_location_id => v_store,
    idempotency_key => gen_random_uuid(), lines => jsonb_build_array(jsonb_build_object('variant_id', v_plate, 'quantity', 6)));
  perform public.receive_delivery(delivery_id => v_delivery, idempotency_key => gen_random_uuid(),
    lines => jsonb_build_array(jsonb_build_object('variant_id', v_plate, 'quantity', 2)));
end;
$$;
