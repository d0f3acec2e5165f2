-- Cells of a file that a manager has to decide about before it is applied. The reader of the file finds most of them;
-- those that only the catalogue shows are found here, when their lines are staged.

create function private.addressed_products(products jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (
    select from jsonb_array_elements(products) as product where product ->> 'former_handle' is not null
  ) then
    return products;
  end if;
  return (
    select jsonb_agg(case
        when product ->> 'former_handle' is null then product
        else product || jsonb_build_object('handle', coalesce(
          (
            select products.handle
            from public.product_addresses as address
            join public.products on products.id = address.product_id
            where address.handle = product ->> 'former_handle'
          ),
          (
            -- Another product has that address: this one gets an address made from its spelling.
            select products.handle || '-' || left(md5(product ->> 'former_handle'), 6)
            from public.products
            where products.handle = product ->> 'handle'
          ),
          product ->> 'handle'
        ))
      end order by n)
    from jsonb_array_elements(products) with ordinality as given (product, n)
  );
end;
$$;
comment on function private.addressed_products(jsonb) is
  'Products of a file with the handles they have here: one whose former_handle led to a product before means that
   product.';

create function private.stage_asks(import_id uuid, owners jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into private.import_asks (import_id, kind, subject, line, "column", value, choices)
  select stage_asks.import_id, ask.kind, ask.subject, ask.line, left(ask."column", 300), left(ask.value, 300),
    ask.choices
  from jsonb_array_elements(owners) as owner
  cross join lateral jsonb_populate_recordset(null::private.import_asks, owner -> 'asks') as ask
  on conflict (import_id, kind, line, "column") do update
    set value = excluded.value, choices = excluded.choices, answer = null
$$;
comment on function private.stage_asks(uuid, jsonb) is
  'Writes the asks that the reader of a file found in these products or levels.';

create function private.staged_beside_known(import_id uuid, handles text[])
returns table (
  line integer, sku text, sku_given boolean, barcode text, quantity integer, option_values text[], id uuid,
  known_sku text, known_barcode text, known_options text[], alike_sku text, on_hand integer
)
language sql
stable
set search_path = ''
as $$
  select staged.line, staged.sku, staged.sku_given, staged.barcode, staged.quantity, staged.option_values,
    same.id, same.sku, same.barcode, same.option_values, alike.sku, coalesce(level.on_hand, 0)
  from unnest(handles) as product (handle)
  join private.import_variants as staged
    on staged.import_id = staged_beside_known.import_id and staged.handle = product.handle
  join public.imports on imports.id = staged.import_id
  left join public.products on products.handle = product.handle
  left join public.variants as named on named.sku = staged.sku
  left join public.variants as alike
    on alike.product_id = products.id and alike.option_values = staged.option_values
  left join public.variants as same
    on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  left join public.stock_levels as level on level.variant_id = same.id and level.location_id = imports.location_id
$$;
comment on function private.staged_beside_known(uuid, text[]) is
  'Staged variants of these products, each with the variant of the catalogue that it is, and the one with its options.';

create function private.settle_asks(import_id uuid, handles text[])
returns void
language sql
set search_path = ''
as $$
  delete from private.import_asks as asked
  using private.staged_beside_known(settle_asks.import_id, array(
    -- Most files ask nothing: only products with a question are compared.
    select distinct asking.handle
    from private.import_asks as one
    join private.import_variants as asking on asking.import_id = one.import_id and asking.line = one.line
    where one.import_id = settle_asks.import_id
      and one.subject = 'variant'
      and asking.handle = any (settle_asks.handles)
  )) as staged
  where asked.import_id = settle_asks.import_id
    and asked.subject = 'variant'
    and asked.line = staged.line
    and case
      when asked.choices -> 'drop' ? 'barcode' then staged.known_barcode = staged.barcode
      when asked.choices -> 'drop' ? 'sku' then staged.known_sku = staged.sku
      when asked.choices -> 'drop' ? 'quantity' then staged.quantity <= 10 * staged.on_hand
      when asked.choices -> 'drop' ? 'price_minor' then exists (
        select from public.variants
        where variants.id = staged.id and variants.price_minor = (asked.choices #>> '{keep,price_minor}')::integer
      )
      else staged.known_options = staged.option_values
    end;

  delete from private.import_asks as asked
  using private.import_products as staged, public.products
  where asked.import_id = settle_asks.import_id
    and asked.kind = 'tax_exempt'
    and staged.import_id = asked.import_id
    and staged.line = asked.line
    and products.handle = staged.handle
    and products.tax_rate_bp = 0;
$$;
comment on function private.settle_asks(uuid, text[]) is
  'Removes questions about values that the catalogue has already, or nearly.';

create function private.ask_about_products(import_id uuid, handles text[])
returns void
language sql
set search_path = ''
as $$
  with staged as materialized (
    select * from private.staged_beside_known(ask_about_products.import_id, array(
      -- Without a code of the file there is nothing to compare.
      select distinct named.handle
      from private.import_variants as named
      where named.import_id = ask_about_products.import_id
        and named.handle = any (ask_about_products.handles)
        and (named.sku_given or named.barcode <> '')
    ))
  ), found as (
    select 'lost_zeros' as kind, staged.line, 'Variant SKU' as "column", staged.sku as value, jsonb_build_object(
        'keep', jsonb_build_object('sku', staged.sku), 'repair', jsonb_build_object('sku', staged.alike_sku)) as choices
    from staged
    where staged.sku_given and staged.alike_sku like '0%' and staged.alike_sku <> staged.sku
      and ltrim(staged.alike_sku, '0') = ltrim(staged.sku, '0')
    union all
    select 'lost_zeros', staged.line, 'Variant Barcode', staged.barcode, jsonb_build_object(
        'keep', jsonb_build_object('barcode', staged.barcode),
        'repair', jsonb_build_object('barcode', staged.known_barcode),
        'drop', '{"barcode": null}'::jsonb)
    from staged
    where staged.known_barcode like '0%' and staged.known_barcode <> staged.barcode
      and ltrim(staged.known_barcode, '0') = ltrim(staged.barcode, '0')
    union all
    select 'shared_barcode', staged.line, 'Variant Barcode', staged.barcode, jsonb_build_object(
        'keep', jsonb_build_object('barcode', staged.barcode), 'drop', '{"barcode": null}'::jsonb)
    from staged
    where staged.barcode <> '' and staged.known_barcode is distinct from staged.barcode
      and exists (
        select from public.variants as other
        where private.code_key(other.barcode) = private.code_key(staged.barcode)
          and other.id is distinct from staged.id
      )
  )
  insert into private.import_asks (import_id, kind, subject, line, "column", value, choices)
  select ask_about_products.import_id, found.kind, 'variant', found.line, found."column", left(found.value, 300),
    found.choices
  from found
  on conflict do nothing
$$;
comment on function private.ask_about_products(uuid, text[]) is
  'Asks about zeros that codes of staged products lost and about barcodes that other variants have.';

create function private.ask_about_levels(import_id uuid, levels jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text[] := array(
    select distinct level.sku
    from jsonb_to_recordset(levels) as level (sku text)
    where level.sku ~ '^[1-9]\d*$' and not exists (select from public.variants where variants.sku = level.sku)
  );
begin
  if v_unknown = '{}' then
    return;
  end if;
  insert into private.import_asks (import_id, kind, subject, line, "column", value, choices)
  select ask_about_levels.import_id, 'lost_zeros', 'level', staged.line, 'SKU', staged.sku,
    jsonb_build_object('repair', jsonb_build_object('sku', padded.sku), 'drop', '{"choice": "skip"}'::jsonb)
  from private.import_levels as staged
  join (
    select ltrim(variants.sku, '0') as bare, min(variants.sku) as sku
    from public.variants
    where variants.sku like '0%' and ltrim(variants.sku, '0') = any (v_unknown)
    group by 1
    having count(*) = 1
  ) as padded on padded.bare = staged.sku
  where staged.import_id = ask_about_levels.import_id
    and staged.line in (select level.line from jsonb_to_recordset(levels) as level (line integer))
  on conflict do nothing;
end;
$$;
comment on function private.ask_about_levels(uuid, jsonb) is
  'Asks about SKUs of an inventory file that nothing has, but one variant has with zeros before it.';

create function private.asks_by_kind(import_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(asked) order by asked.kind), '[]')
  from (
    select every.kind, count(*) as count, min(every.answer) as answer,
      (
        select jsonb_agg(distinct choice.key)
        from private.import_asks as one
        cross join lateral jsonb_object_keys(one.choices) as choice (key)
        where one.import_id = asks_by_kind.import_id and one.kind = every.kind
      ) as choices,
      (
        select jsonb_agg(to_jsonb(example) order by example.line)
        from (
          select one.line, one."column", one.value
          from private.import_asks as one
          where one.import_id = asks_by_kind.import_id and one.kind = every.kind
          order by one.line
          limit 5
        ) as example
      ) as examples
    from private.import_asks as every
    where every.import_id = asks_by_kind.import_id
    group by every.kind
  ) as asked
$$;
comment on function private.asks_by_kind(uuid) is
  'The questions of a staged file: [{kind, count, answer, choices, examples: the first five [{line, column, value}]}].';

create function private.answered_cells(import_id uuid, kind text, subject text)
returns table (line integer, patch jsonb)
language sql
stable
set search_path = ''
as $$
  select asked.line, jsonb_object_agg(field.key, field.value)
  from private.import_asks as asked
  cross join lateral jsonb_each(asked.choices -> asked.answer::text) as field
  where asked.import_id = answered_cells.import_id
    and asked.kind = answered_cells.kind
    and asked.subject = answered_cells.subject
  group by asked.line
$$;
comment on function private.answered_cells(uuid, text, text) is
  'The values that the answer to a kind of question stages: {column: value} for each line.';

create function private.answer_asks(import_id uuid, kind text, answer public.import_answer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answered integer;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id);
  -- A cell that this answer does not fit is kept, or dropped where it means nothing.
  update private.import_asks as asked
  set answer = case
      when asked.choices ? answer_asks.answer::text then answer_asks.answer
      when asked.choices ? 'keep' then 'keep'
      else 'drop'
    end
  where asked.import_id = answer_asks.import_id
    and asked.kind = answer_asks.kind;
  get diagnostics v_answered = row_count;
  if v_answered = 0 or answer is null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'kind', 'problem', 'not asked', 'value', kind),
      'Answer one of the questions of the preview.');
  end if;

  update private.import_variants as staged
  set sku = made.sku, sku_given = made.sku_given, barcode = made.barcode, quantity = made.quantity,
    options_given = made.options_given, price_minor = made.price_minor
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'variant') as answered
  join private.import_variants as said on said.import_id = answer_asks.import_id and said.line = answered.line
  cross join lateral jsonb_populate_record(said, answered.patch) as made
  where staged.import_id = said.import_id and staged.line = said.line;

  update private.import_products as staged
  set tax_rate_bp = (answered.patch ->> 'tax_rate_bp')::integer
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'product') as answered
  where staged.import_id = answer_asks.import_id and staged.line = answered.line;

  update private.import_levels as staged
  set sku = made.sku, choice = made.choice
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'level') as answered
  join private.import_levels as said on said.import_id = answer_asks.import_id and said.line = answered.line
  cross join lateral jsonb_populate_record(said, answered.patch) as made
  where staged.import_id = said.import_id and staged.line = said.line and staged.location = said.location;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.imports set updated_at = clock_timestamp() where imports.id = answer_asks.import_id;
  return v_answered;
end;
$$;
comment on function private.answer_asks(uuid, text, public.import_answer) is 'See public.answer_asks.';

create function public.answer_asks(import_id uuid, kind text, answer public.import_answer)
returns integer
language sql
set search_path = ''
as $$
  select private.answer_asks(import_id, kind, answer)
$$;
comment on function public.answer_asks(uuid, text, public.import_answer) is
  'Answers a question of a staged file once for all cells of its kind: keep what they say, repair what can be, or
   drop them.
   The last answer holds; every kind has to be answered before apply_import. Returns how many cells it is about.
   Managers. Raises
   role_required (403), not_found (404), import_applied (409), invalid_input (422: not asked).';
