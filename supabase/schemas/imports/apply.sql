-- apply_import ------------------------------------------------------------------------------------------------

create function private.write_products(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_last integer := (select coalesce(max(products.position), 0) from public.products);
begin
  insert into public.categories (slug, title, position)
  select distinct on (wanted.slug) wanted.slug, wanted.title,
    (select coalesce(max(categories.position), 0) + 1 from public.categories)
  from (
    select staged.category_slug as slug, staged.category_title as title, staged.line
    from private.import_products as staged
    where staged.import_id = write_products.import_id
    union all
    select change.after ->> 'category', 'Everything else', change.line
    from private.import_changes as change
    where change.import_id = write_products.import_id and change.after ->> 'category' = 'everything-else'
  ) as wanted
  where wanted.slug is not null
  order by wanted.slug, wanted.line
  on conflict do nothing;

  update public.products
  set title = wanted.title,
    description_html = wanted.description_html,
    vendor = wanted.vendor,
    category = wanted.category,
    tags = wanted.tags,
    option_names = wanted.option_names,
    status = wanted.status
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and products.id = change.product_id;

  insert into public.products (handle, title, description_html, vendor, category, tags, option_names, status, position)
  select change.handle, wanted.title, wanted.description_html, wanted.vendor, wanted.category, wanted.tags,
    wanted.option_names, wanted.status, v_last + row_number() over (order by change.line)
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and change.product_id is null;

  update private.import_changes as change
  set product_id = products.id
  from public.products
  where change.import_id = write_products.import_id
    and change.product_id is null
    and products.handle = change.handle;
end;
$$;
comment on function private.write_products(uuid) is
  'Categories and products of an import''s changes. New products come last in listings.';

create function private.write_variants(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.variants
  set price_minor = wanted.price_minor,
    compare_at_minor = wanted.compare_at_minor,
    currency = wanted.currency,
    barcode = wanted.barcode,
    active = wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row: every cart being filled.
  update public.variants
  set sku = wanted.sku,
    option_values = wanted.option_values
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id
    and (variants.sku, variants.option_values) is distinct from (wanted.sku, wanted.option_values);

  insert into public.variants (product_id, sku, option_values, price_minor, compare_at_minor, currency, barcode,
    position, active)
  select change.product_id, wanted.sku, wanted.option_values, wanted.price_minor, wanted.compare_at_minor,
    wanted.currency,
    wanted.barcode, wanted.position, wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null;

  update private.import_changes as change
  set variant_id = variants.id
  from public.variants
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null
    and variants.sku = change.sku;
end;
$$;
comment on function private.write_variants(uuid) is
  'Variants of an import''s changes. Those not in the file stay as they are.';

create function private.write_tax_and_addresses(import_id uuid)
returns void
language sql
set search_path = ''
as $$
  update public.products
  set tax_rate_bp = (change.after ->> 'tax_rate_bp')::integer
  from private.import_changes as change
  where change.import_id = write_tax_and_addresses.import_id
    and change.subject = 'product'
    and products.id = change.product_id
    and products.tax_rate_bp <> (change.after ->> 'tax_rate_bp')::integer;

  insert into public.product_addresses (handle, product_id)
  select staged.former_handle, products.id
  from private.import_products as staged
  join public.products on products.handle = staged.handle
  where staged.import_id = write_tax_and_addresses.import_id
    and staged.former_handle is not null
  on conflict (handle) do update set product_id = excluded.product_id;
$$;
comment on function private.write_tax_and_addresses(uuid) is
  'The tax of products that an import changes, and their other addresses.';

create function private.write_kept_columns(import_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into public.kept_columns (product_id, columns)
  select change.product_id, change.after -> 'kept'
  from private.import_changes as change
  where change.import_id = write_kept_columns.import_id
    and change.subject = 'product'
    and change.after -> 'kept' <> coalesce(change.before -> 'kept', '{}')
  on conflict (product_id) do update set columns = excluded.columns;

  insert into public.kept_columns (variant_id, columns)
  select change.variant_id, change.after -> 'kept'
  from private.import_changes as change
  where change.import_id = write_kept_columns.import_id
    and change.subject = 'variant'
    and change.after -> 'kept' <> coalesce(change.before -> 'kept', '{}')
  on conflict (variant_id) do update set columns = excluded.columns;
$$;
comment on function private.write_kept_columns(uuid) is
  'The cells of an import''s changes that are only kept for exports.';

create function private.write_media(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_products uuid[] := array(
    select change.product_id
    from private.import_changes as change
    where change.import_id = write_media.import_id
      and change.subject = 'product'
      and change.before -> 'media' is distinct from change.after -> 'media'
  );
begin
  delete from public.product_media where product_media.product_id = any (v_products);

  insert into public.product_media (product_id, variant_id, position, src, alt)
  select change.product_id, variants.id, picture.position, picture.item ->> 'src', coalesce(picture.item ->> 'alt', '')
  from private.import_changes as change
  cross join lateral jsonb_array_elements(change.after -> 'media') with ordinality as picture (item, position)
  left join public.variants on variants.product_id = change.product_id
    and to_jsonb(variants.option_values) = picture.item -> 'option_values'
  where change.import_id = write_media.import_id
    and change.subject = 'product'
    and change.product_id = any (v_products);
end;
$$;
comment on function private.write_media(uuid) is
  'The pictures of products whose list of pictures changes: the file''s list replaces the old.';

create function private.write_quantities(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lines jsonb;
begin
  select jsonb_agg(
    jsonb_build_object('variant_id', moved.variant_id, 'location_id', moved.location_id, 'delta', moved.delta))
  into v_lines
  from (
    select change.variant_id, change.location_id,
      (change.after ->> 'on_hand')::integer - coalesce((change.before ->> 'on_hand')::integer, 0) as delta
    from private.import_changes as change
    where change.import_id = import.id
      and change.subject <> 'product'
  ) as moved
  where moved.delta <> 0;
  if v_lines is not null then
    perform private.move_stock(v_lines,
      case when import.kind = 'inventory' then 'correction' else 'import' end::public.movement_reason,
      import.document, import.file_name, source_kind => 'import', source_id => import.id);
  end if;
end;
$$;
comment on function private.write_quantities(public.imports) is
  'The ledger lines of an import''s changes. Numbers of an inventory file are corrections.';

create function private.write_changes(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.write_products(import.id);
  perform private.write_variants(import.id);
  perform private.write_tax_and_addresses(import.id);
  perform private.write_kept_columns(import.id);
  perform private.write_media(import.id);
  perform private.write_quantities(import);
end;
$$;
comment on function private.write_changes(public.imports) is
  'Makes private.import_changes of this import true. The caller holds the locks.';

create function private.refresh_statistics(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_new bigint := (
    select count(*)
    from private.import_changes as change
    where change.import_id = refresh_statistics.import_id and change.subject = 'variant' and change.before is null
  );
begin
  if v_new >= 1000
    and v_new > (select known.reltuples from pg_catalog.pg_class as known where known.oid = 'public.variants'::regclass)
  then
    -- Skipped where the server analyzes a table already: an import waits for no maintenance.
    analyze (skip_locked) public.products, public.variants, public.product_media, public.stock_levels,
      public.availability, public.kept_columns;
  end if;
end;
$$;
comment on function private.refresh_statistics(uuid) is
  'Tells the planner about the rows of an import that at least doubles the catalogue. Until the server analyzes them
   itself, plans for a small catalogue make a preview take ten times as long.';

create function private.lock_catalogue(handles text[], variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- One import at a time: two that create the same product must not meet.
  perform pg_advisory_xact_lock(hashtext('apply_import'));
  -- Products before stock, as an edit of a product does: its trigger locks the variants' availability.
  perform from public.products
  where products.handle = any (lock_catalogue.handles)
  order by products.id
  for no key update;
  perform private.lock_variants(lock_catalogue.variant_ids);
end;
$$;
comment on function private.lock_catalogue(text[], uuid[]) is
  'Holds still what an import compares itself with until the transaction ends.';

-- long because it is the order of locks, checks and writes of an import, which must be read together.
create function private.apply_import(import_id uuid, idempotency_key uuid, seen text)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_import public.imports;
  v_conflicts jsonb;
  v_summary jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'apply_import', jsonb_build_array(import_id, seen));
  if v_response is null then
    v_import := private.lock_import(import_id);
    perform private.lock_catalogue(
      array(
        select staged.handle from private.import_products as staged where staged.import_id = apply_import.import_id
        union all
        select done.handle from private.import_changes as done where done.import_id = v_import.reverts
      ),
      array(
        select match.variant_id from private.import_matches(import_id) as match where match.variant_id is not null
        union all
        select level.variant_id from private.import_level_lines(import_id) as level
        where v_import.kind = 'inventory' and level.variant_id is not null
        union all
        select done.variant_id from private.import_changes as done
        where done.import_id = v_import.reverts and done.variant_id is not null
      )
    );

    select jsonb_agg(to_jsonb(conflict)) into v_conflicts
    from (
      select * from private.import_conflicts(import_id)
      union all
      select asked.line, asked."column", asked.value, 'waits for an answer (' || asked.kind || ')'
      from private.import_asks as asked
      where asked.import_id = apply_import.import_id and asked.answer is null
      limit 50
    ) as conflict;
    if v_conflicts is not null then
      perform private.refuse(409, 'import_conflict', jsonb_build_object('conflicts', v_conflicts),
        'Change these lines of the file and upload it again. Nothing was imported.');
    end if;
    select overview.summary into v_summary from private.import_overview(import_id, 0) as overview;
    if seen <> v_summary ->> 'fingerprint' then
      perform private.refuse(409, 'import_changed', jsonb_build_object('fingerprint', v_summary ->> 'fingerprint'),
        'The catalogue or the stock has changed since the preview; nothing was imported. Preview again and confirm.');
    end if;

    perform private.leave_trail_to(v_import.document);
    insert into private.import_changes (import_id, subject, line, handle, sku, product_id, variant_id, location_id,
      before, after, claim)
    select apply_import.import_id, diff.subject, diff.line, diff.handle, diff.sku, diff.product_id, diff.variant_id,
      diff.location_id, diff.before, diff.after, diff.claim
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after;
    insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
    select apply_import.import_id, exception.* from private.revert_exceptions(import_id) as exception;
    perform private.write_changes(v_import);

    delete from private.import_products as staged where staged.import_id = apply_import.import_id;
    delete from private.import_levels as staged where staged.import_id = apply_import.import_id;
    delete from private.import_asks as asked where asked.import_id = apply_import.import_id;
    perform private.refresh_statistics(import_id);
    update public.imports set applied_at = now(), summary = v_summary where imports.id = apply_import.import_id
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;
comment on function private.apply_import(uuid, uuid, text) is 'See public.apply_import.';

-- PostgREST sets a function's statement_timeout before it calls it; the eight seconds Supabase gives signed-in
-- callers are not enough for a hundred thousand lines.
create function public.apply_import(import_id uuid, idempotency_key uuid, seen text default null)
returns public.imports
language sql
set search_path = ''
set statement_timeout = '5min'
as $$
  select * from private.apply_import(import_id, idempotency_key, seen)
$$;
comment on function public.apply_import(uuid, uuid, text) is
  'Makes the catalogue and the units on hand what the file says, or the revert wants, in one transaction. seen: the
   preview''s fingerprint; when given, nothing but that difference is written. Managers. Returns the import with its
   summary. Raises role_required (403), not_found (404), import_applied (409), import_conflict (409, every line),
   import_changed (409, preview it again), idempotency_key_reused (409), invalid_input (422, no key).';

-- discard_import ----------------------------------------------------------------------------------------------

create function private.discard_import(import_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  return private.discard_imports(array[import_id], private.actor());
end;
$$;
comment on function private.discard_import(uuid) is 'See public.discard_import.';

create function public.discard_import(import_id uuid)
returns boolean
language sql
set search_path = ''
as $$
  select private.discard_import(import_id)
$$;
comment on function public.discard_import(uuid) is
  'Throws a staged import away, and remembers who did; false when there was none, or it is applied already. Managers.
   Raises
   role_required (403).';

-- Callers are signed-in staff and the secret key; the functions check the role.
revoke execute on function
  public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind, text[]),
  public.stage_import(uuid, jsonb),
  public.stage_levels(uuid, jsonb),
  public.begin_revert(uuid),
  public.answer_import(uuid, public.import_choice, integer),
  public.answer_asks(uuid, text, public.import_answer),
  public.preview_import(uuid, integer),
  public.apply_import(uuid, uuid, text),
  public.discard_import(uuid)
from public, anon;
grant execute on function
  public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind, text[]),
  public.stage_import(uuid, jsonb),
  public.stage_levels(uuid, jsonb),
  public.begin_revert(uuid),
  public.answer_import(uuid, public.import_choice, integer),
  public.answer_asks(uuid, text, public.import_answer),
  public.preview_import(uuid, integer),
  public.apply_import(uuid, uuid, text),
  public.discard_import(uuid),
  private.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind, text[]),
  private.stage_import(uuid, jsonb),
  private.stage_levels(uuid, jsonb),
  private.begin_revert(uuid),
  private.answer_import(uuid, public.import_choice, integer),
  private.answer_asks(uuid, text, public.import_answer),
  private.preview_import(uuid, integer),
  private.apply_import(uuid, uuid, text),
  private.discard_import(uuid)
to authenticated, service_role;
