set check_function_bodies = off;

DROP FUNCTION "private"."import_summary"(uuid);

create or replace function private.apply_import(import_id uuid, idempotency_key uuid, seen text)
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

create or replace function private.ask_about_products(import_id uuid, handles text[])
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

create or replace function private.first_questions(import_id uuid, first_lines integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(question) || jsonb_build_object('movements', private.movements_since(
      question.variant_id, question.location_id, question.ledger_position)) order by question.line), '[]')
  from (
    select * from private.import_questions(first_questions.import_id) as asked
    order by asked.line
    limit least(first_questions.first_lines, 1000)
  ) as question
$$;

create or replace function private.import_overview(
  import_id uuid, first_changes integer, out summary jsonb, out changes jsonb
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  -- The difference costs seconds for a large file, so that both come from one look at it.
  with diff as materialized (
    select * from private.import_diff(import_overview.import_id)
  ), counts as (
    select jsonb_build_object(
      'new', count(*) filter (where before is null and line is not null),
      'changed', count(*) filter (where before <> after),
      'unchanged', count(*) filter (where before = after)
    ) as by_state, subjects.subject
    from unnest(enum_range(null::private.import_subject)) as subjects (subject)
    left join diff using (subject)
    group by subjects.subject
  ), fields as (
    select field.key, count(*) as times
    from diff
    cross join lateral jsonb_each(diff.after) as field
    where diff.before <> diff.after
      and diff.before -> field.key <> field.value
    group by field.key
  ), units as (
    select coalesce((diff.after ->> 'on_hand')::bigint - coalesce((diff.before ->> 'on_hand')::bigint, 0), 0) as delta
    from diff
  ), first as (
    select diff.subject, diff.line, diff.handle, diff.sku, diff.before, diff.after
    from diff
    where diff.before is distinct from diff.after
    order by 2, 1
    limit least(import_overview.first_changes, 10000)
  )
  select jsonb_build_object(
    'products', (select by_state from counts where subject = 'product'),
    'variants', (select by_state from counts where subject = 'variant'),
    'levels', (select by_state from counts where subject = 'level'),
    'fields', (select coalesce(jsonb_object_agg(key, times), '{}') from fields),
    'units_in', (select coalesce(sum(delta) filter (where delta > 0), 0) from units),
    'units_out', (select coalesce(-sum(delta) filter (where delta < 0), 0) from units),
    'fingerprint', (
      select md5(coalesce(string_agg(
        concat_ws(' ', handle, sku, location_id, coalesce(approval, concat_ws(' ', before, after))), E'\n'
        order by handle, sku nulls first, location_id), ''))
      from diff where before is distinct from after
    )
  ), (select coalesce(jsonb_agg(to_jsonb(change) order by change.line, change.subject), '[]') from first as change)
  into import_overview.summary, import_overview.changes;
end;
$$;

create or replace function private.preview_import(import_id uuid, first_changes integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_import public.imports;
  v_changes jsonb;
  v_conflicts jsonb := '[]';
  v_questions jsonb := '[]';
begin
  perform private.require_role('manager');
  select * into v_import
  from public.imports where imports.id = preview_import.import_id and imports.discarded_at is null;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;

  if v_import.applied_at is null then
    select overview.summary, overview.changes into v_import.summary, v_changes
    from private.import_overview(import_id, first_changes) as overview;
    select coalesce(jsonb_agg(to_jsonb(conflict) order by conflict.line), '[]') into v_conflicts
    from (select * from private.import_conflicts(import_id) limit 50) as conflict;
    if v_import.kind = 'inventory' then
      v_questions := private.first_questions(import_id, first_changes);
    end if;
  else
    select coalesce(jsonb_agg(to_jsonb(change) order by change.line, change.subject), '[]') into v_changes
    from (
      select done.subject, done.line, done.handle, done.sku, done.before, done.after
      from private.import_changes as done
      where done.import_id = preview_import.import_id
      order by 2, 1
      limit least(first_changes, 10000)
    ) as change;
  end if;
  return jsonb_build_object(
    'import', to_jsonb(v_import),
    'changes', v_changes,
    'conflicts', v_conflicts,
    'questions', v_questions,
    'asks', private.asks_by_kind(import_id),
    'kept', (
      select coalesce(jsonb_agg(to_jsonb(kept) order by kept.line, kept.field), '[]')
      from (
        select * from private.revert_exceptions(import_id) as exception
        order by exception.line, exception.field limit least(first_changes, 10000)
      ) as kept
    ),
    'reverted_by', (
      select revert.id from public.imports as revert
      where revert.reverts = preview_import.import_id and revert.applied_at is not null
    )
  );
end;
$$;

create or replace function private.refresh_statistics(import_id uuid)
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

create or replace function private.settle_asks(import_id uuid, handles text[])
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

COMMENT ON COLUMN "public"."imports"."summary" IS 'Its changes, counted by private.import_overview; NULL until applied.';

COMMENT ON FUNCTION "private"."first_questions"(uuid, integer) IS 'The first lines of an inventory file with a question, each with the movements since the export.';

COMMENT ON FUNCTION "private"."import_overview"(uuid, integer) IS 'summary: counts of new, changed and unchanged, changes by field, units that would come and go, and a fingerprint of
   the whole difference: as long as it is the same, applying does exactly what was shown. changes: the first rows of
   the difference.';

COMMENT ON FUNCTION "private"."refresh_statistics"(uuid) IS 'Tells the planner about the rows of an import that at least doubles the catalogue. Until the server analyzes them
   itself, plans for a small catalogue make a preview take ten times as long.';

REVOKE ALL ON FUNCTION "private"."first_questions"(uuid, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."import_overview"(uuid, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refresh_statistics"(uuid) FROM PUBLIC;

reset check_function_bodies;
