create function private.search_products(
  query text, category text, status public.product_status, after uuid, size integer
)
returns setof public.product_entries
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
set jit = off
as $$
declare
  v_after text := (select lower(products.title) from public.products where products.id = search_products.after);
  v_words text[] := private.search_patterns(search_products.query);
begin
  if not private.is_trusted() and private.staff_role() is null then
    return;
  end if;
  return query
  select entry.*
  from (
    select distinct on (found.title, variants.product_id) found.title, variants.product_id
    from public.inventory_index as found
    join public.variants on variants.id = found.variant_id
    join public.products on products.id = variants.product_id
    where (v_words[1] is null or found.words like v_words[1])
      and found.words like all (v_words)
      and (search_products.category is null or found.category = search_products.category)
      and (search_products.status is null or products.status = search_products.status)
      and (v_after is null or found.title >= v_after)
      and (v_after is null or (found.title, variants.product_id) > (v_after, search_products.after))
    order by found.title, variants.product_id
    limit least(greatest(search_products.size, 1), 200)
  ) as page
  join public.product_entries as entry using (product_id)
  order by page.title, page.product_id;
end;
$$;
comment on function private.search_products(text, text, public.product_status, uuid, integer) is
  'See public.search_products.';

create function public.search_products(
  query text default null,
  category text default null,
  status public.product_status default null,
  after uuid default null,
  size integer default 50
)
returns setof public.product_entries
language sql
stable
set search_path = ''
as $$
  select * from private.search_products(query, category, status, after, size)
$$;
comment on function public.search_products(text, text, public.product_status, uuid, integer) is
  'A page of public.product_entries by title: rows after the product `after`, up to size (1 to 200). query: every word
   must occur in one of its variants'' title, options, SKU, barcode or vendor. Nobody but staff gets a row.';

-- create_product ----------------------------------------------------------------------------------------------

create function private.insert_variant(product_id uuid, sku text, option_values text[], price_minor integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_problem text;
  v_rule text;
begin
  if exists (select from unnest(option_values) as value where trim(value) = '') then
    perform private.refuse(422, 'invalid_input', '{"field": "option_values", "problem": "missing"}',
      'Name a value for each option.');
  end if;
  insert into public.variants (product_id, sku, option_values, price_minor, currency, position)
  select insert_variant.product_id, insert_variant.sku, insert_variant.option_values, insert_variant.price_minor,
    shop_settings.currency,
    (select coalesce(max(sibling.position), 0) + 1 from public.variants as sibling
      where sibling.product_id = insert_variant.product_id)
  from public.shop_settings;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
  perform private.refuse(422, 'invalid_input', case v_rule
      when 'variants_sku_key' then jsonb_build_object('field', 'sku', 'problem', 'is taken', 'value', sku)
      when 'variants_differ_in_their_options' then jsonb_build_object('field', 'option_values', 'problem', 'is taken')
      else jsonb_build_object('field', 'variant', 'problem', v_problem)
    end, 'Correct the field. Nothing was written.');
end;
$$;
comment on function private.insert_variant(uuid, text, text[], integer) is
  'Adds a variant as the last of its product, in the shop''s currency. Raises invalid_input (422).';

create function private.create_product(product jsonb, idempotency_key uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_new public.products;
  v_problem text;
  v_rule text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'create_product', product);
  if v_response is not null then
    return v_response #>> '{}';
  end if;
  begin
    v_new := jsonb_populate_record(null::public.products, product);
    insert into public.products (handle, title, category, option_names, position)
    values (v_new.handle, v_new.title, v_new.category, coalesce(v_new.option_names, '{}'),
      (select coalesce(max(products.position), 0) + 1 from public.products))
    returning * into v_new;
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
    perform private.refuse(422, 'invalid_input', case v_rule
        when 'products_handle_key' then jsonb_build_object('field', 'handle', 'problem', 'is taken',
          'value', product ->> 'handle')
        when 'products_category_fkey' then jsonb_build_object('field', 'category', 'problem', 'is unknown',
          'value', product ->> 'category')
        else jsonb_build_object('field', 'product', 'problem', v_problem)
      end, 'Correct the field. Nothing was written.');
  end;
  perform private.insert_variant(v_new.id, product ->> 'sku',
    coalesce((jsonb_populate_record(null::public.variants, product)).option_values, '{}'),
    (product ->> 'price_minor')::integer);
  perform private.finish_once(idempotency_key, to_jsonb(v_new.id));
  return v_new.id;
end;
$$;
comment on function private.create_product(jsonb, uuid) is 'See public.create_product.';

create function public.create_product(product jsonb, idempotency_key uuid)
returns uuid
language sql
set search_path = ''
as $$
  select private.create_product(product, idempotency_key)
$$;
comment on function public.create_product(jsonb, uuid) is
  'A new product as a draft, last in listings, with its first variant: {handle, title, category, option_names, sku,
   option_values, price_minor}; without options both lists are empty. Managers. Returns its id. Raises role_required
   (403), invalid_input (422), idempotency_key_reused (409).';

-- add_variant -------------------------------------------------------------------------------------------------

create function private.add_variant(
  product_id uuid, sku text, option_values text[], price_minor integer, idempotency_key uuid
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_sheet jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'add_variant',
    jsonb_build_array(product_id, sku, option_values, price_minor));
  if v_response is not null then
    return v_response;
  end if;
  v_sheet := private.lock_product(product_id, '{}');
  if jsonb_array_length(v_sheet -> 'option_names') <> cardinality(option_values) then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'option_values', 'problem', 'not one for each option',
      'value', option_values), 'Name a value for each option of the product.');
  end if;
  perform private.insert_variant(product_id, sku, option_values, price_minor);
  v_response := private.product_sheet(product_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.add_variant(uuid, text, text[], integer, uuid) is 'See public.add_variant.';

create function public.add_variant(
  product_id uuid, sku text, option_values text[], price_minor integer, idempotency_key uuid
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.add_variant(product_id, sku, option_values, price_minor, idempotency_key)
$$;
comment on function public.add_variant(uuid, text, text[], integer, uuid) is
  'Another variant of a product, with a value for each of its options and no units yet. Managers. Returns the product as
   read_product does. Raises role_required (403), not_found (404), invalid_input (422), idempotency_key_reused (409).';

revoke execute on function public.search_products(text, text, public.product_status, uuid, integer),
  public.create_product(jsonb, uuid), public.add_variant(uuid, text, text[], integer, uuid) from public, anon;
grant execute on function public.search_products(text, text, public.product_status, uuid, integer),
  private.search_products(text, text, public.product_status, uuid, integer),
  public.create_product(jsonb, uuid), private.create_product(jsonb, uuid),
  public.add_variant(uuid, text, text[], integer, uuid), private.add_variant(uuid, text, text[], integer, uuid)
  to authenticated, service_role;
