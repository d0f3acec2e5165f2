-- How an import is taken back: by another import that wants the opposite, and is written as every import is. What
-- somebody changed since stays as it is and is listed (private.import_kept); units come back as far as they are still
-- there; what the import created is archived, because orders and the ledger may point at it. A revert is an import, so
-- it can be taken back, too. Refusals: role_required, not_found, already_undone, invalid_input, idempotency_key_reused.

create function private.import_reversal(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, field text, was jsonb, made jsonb, found jsonb, content jsonb
)
language sql
stable
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    field.key, field.value, done.after -> field.key, known.content -> field.key, known.content
  from private.import_changes as done
  left join private.import_changes as parent
    on parent.import_id = done.import_id and parent.subject = 'product' and parent.product_id = done.product_id and parent.before is null
  cross join lateral (
    select case done.subject
      when 'product' then (select contents.content from private.product_contents as contents where contents.product_id = done.product_id)
      when 'variant' then (select contents.content from private.variant_contents as contents where contents.variant_id = done.variant_id)
      else '{}'
    end
  ) as known (content)
  cross join lateral jsonb_each(coalesce(done.before, case
    when done.subject = 'product' then '{"status": "archived"}'
    -- With a product that is archived nothing of it is sold; in one that stays, the new variant goes.
    when parent.product_id is not null then '{}'
    else '{"active": false}'
  end::jsonb)) as field
  where done.import_id = import_reversal.import_id
    and field.key not in ('on_hand', 'location')
    and field.value is distinct from done.after -> field.key
$$;
comment on function private.import_reversal(uuid) is
  'What an import made of each field it changed (made), what was there before (was) and what is there now (found, and the
   whole content around it). Of what it created: that it is on sale. Its units are not in it.';

create function private.revert_contents(revert public.imports)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- A field goes back if it still is what the import made of it.
  insert into private.import_changes (import_id, subject, line, handle, sku, product_id, variant_id, location_id, before, after)
  select revert.id, field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
    field.content, field.content || jsonb_object_agg(field.field, field.was)
  from private.import_reversal(revert.reverts) as field
  where field.found = field.made
  group by field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id, field.content;

  insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
  select revert.id, field.line, field.subject, field.handle, field.sku, field.field, field.was, field.found, 'changed_since'
  from private.import_reversal(revert.reverts) as field
  where field.found is distinct from field.made
    and field.found is distinct from field.was;
end;
$$;
comment on function private.revert_contents(public.imports) is 'Plans what a revert writes of products and variants, and lists what it leaves.';

create function private.keep_what_would_clash(revert public.imports)
returns void
language plpgsql
set search_path = ''
as $$
begin
  with shapes as (
    select variants.product_id,
      coalesce(mine.after -> 'option_values', to_jsonb(variants.option_values)) as choices,
      coalesce((mine.after ->> 'active')::boolean, variants.active) as sold,
      jsonb_array_length(coalesce(its.after -> 'option_names', to_jsonb(products.option_names))) as names
    from public.variants
    join public.products on products.id = variants.product_id
    left join private.import_changes as mine on mine.import_id = revert.id and mine.variant_id = variants.id
    left join private.import_changes as its
      on its.import_id = revert.id and its.subject = 'product' and its.product_id = variants.product_id
    where variants.product_id in (select change.product_id from private.import_changes as change where change.import_id = revert.id)
  ), broken as (
    select shapes.product_id
    from shapes
    group by shapes.product_id
    having bool_or(shapes.sold and jsonb_array_length(shapes.choices) <> shapes.names) or count(*) <> count(distinct shapes.choices)
  ), clash as (
    select change.ctid as place, change.subject, change.line, change.handle, change.sku, field.name,
      change.after -> field.name as wanted, change.before -> field.name as there
    from private.import_changes as change
    cross join unnest(array['sku', 'option_values', 'option_names']) as field (name)
    where change.import_id = revert.id
      and change.before -> field.name <> change.after -> field.name
      and case
        when field.name = 'sku'
          then exists (select from public.variants as other where other.sku = change.after ->> 'sku' and other.id <> change.variant_id)
        -- The choices of a product are one thing: its names and every variant's values go back together or not at all.
        else change.product_id in (select broken.product_id from broken)
      end
  ), stays as (
    update private.import_changes as change
    set after = change.after || clashes.content
    from (select clash.place, jsonb_object_agg(clash.name, clash.there) as content from clash group by clash.place) as clashes
    where change.ctid = clashes.place
  )
  insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
  select revert.id, clash.line, clash.subject, clash.handle, clash.sku, clash.name, clash.wanted, clash.there, 'taken_since'
  from clash;
end;
$$;
comment on function private.keep_what_would_clash(public.imports) is
  'Takes out of a planned revert SKUs and choices that something else has by now.';

create function private.import_units(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid, location_id uuid,
  content jsonb, on_hand integer, wanted integer, back integer
)
language sql
stable
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    case when done.subject = 'level' then jsonb_build_object('location', done.after -> 'location') else contents.content end,
    coalesce(level.on_hand, 0), booked.delta, greatest(booked.delta, -coalesce(level.available, 0))
  from private.import_changes as done
  join private.variant_contents as contents on contents.variant_id = done.variant_id
  left join public.stock_levels as level on level.variant_id = done.variant_id and level.location_id = done.location_id
  cross join lateral (
    select coalesce((done.before ->> 'on_hand')::integer, 0) - (done.after ->> 'on_hand')::integer as delta
  ) as booked
  where done.import_id = import_units.import_id
    and booked.delta <> 0
$$;
comment on function private.import_units(uuid) is
  'The units of an import turned round (wanted), and as many of them as can go back now (back): what it brought and is sold,
   held or kept since cannot.';

create function private.revert_units(revert public.imports)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
  select revert.id, units.line, units.subject, units.handle, units.sku, 'on_hand', to_jsonb(units.wanted), to_jsonb(units.back), 'promised_since'
  from private.import_units(revert.reverts) as units
  where units.back <> units.wanted;

  update private.import_changes as change
  set before = change.before || jsonb_build_object('on_hand', units.on_hand),
    after = change.after || jsonb_build_object('on_hand', units.on_hand + units.back)
  from private.import_units(revert.reverts) as units
  where change.import_id = revert.id
    and change.variant_id = units.variant_id;

  insert into private.import_changes (import_id, subject, line, handle, sku, product_id, variant_id, location_id, before, after)
  select revert.id, units.subject, units.line, units.handle, units.sku, units.product_id, units.variant_id, units.location_id,
    units.content || jsonb_build_object('on_hand', units.on_hand),
    units.content || jsonb_build_object('on_hand', units.on_hand + units.back)
  from private.import_units(revert.reverts) as units
  where units.back <> 0
    and not exists (
      select from private.import_changes as change where change.import_id = revert.id and change.variant_id = units.variant_id
    );
end;
$$;
comment on function private.revert_units(public.imports) is
  'Plans the opposite movements and lists what is not there to go back. The caller holds the variants'' locks and has
   released what has expired.';

create function private.revert_import(import_id uuid, idempotency_key uuid)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_import public.imports;
  v_revert public.imports;
  v_variants uuid[];
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'revert_import', jsonb_build_array(import_id));
  if v_response is null then
    select * into v_import from public.imports where imports.id = revert_import.import_id for update;
    if v_import.applied_at is null then
      perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Only an import that was applied can be taken back.');
    end if;
    if exists (select from public.imports where imports.reverts = revert_import.import_id) then
      perform private.refuse(409, 'already_undone', jsonb_build_object('change', import_id), 'It was taken back once; nothing is left of it.');
    end if;
    v_variants := array(
      select distinct done.variant_id from private.import_changes as done
      where done.import_id = revert_import.import_id and done.variant_id is not null
    );
    perform private.lock_catalogue(
      array(select distinct done.handle from private.import_changes as done where done.import_id = revert_import.import_id), v_variants);
    perform private.release_expired(v_variants);

    insert into public.imports (kind, file_name, location_id, reverts)
    values (v_import.kind, v_import.file_name, v_import.location_id, v_import.id)
    returning * into v_revert;
    perform private.leave_trail_to(v_revert.document);
    perform private.revert_contents(v_revert);
    perform private.keep_what_would_clash(v_revert);
    perform private.revert_units(v_revert);
    delete from private.import_changes as change where change.import_id = v_revert.id and change.before = change.after;
    perform private.write_changes(v_revert);

    update public.imports
    set applied_at = now(), summary = private.import_summary(v_revert.id)
    where imports.id = v_revert.id
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;
comment on function private.revert_import(uuid, uuid) is 'See public.revert_import.';

create function public.revert_import(import_id uuid, idempotency_key uuid)
returns public.imports
language sql
set search_path = ''
set statement_timeout = '5min'
as $$
  select * from private.revert_import(import_id, idempotency_key)
$$;
comment on function public.revert_import(uuid, uuid) is
  'Takes an applied import back, once, in one transaction: what it changed and nobody changed since is as before, its units
   go back as far as they are available, what it created is archived. Managers. Returns the revert, an import of its own,
   whose preview_import lists what changed and what was kept. Raises role_required (403), not_found (404), already_undone
   (409), idempotency_key_reused (409), invalid_input (422, no key).';

revoke execute on function public.revert_import(uuid, uuid) from public, anon;
grant execute on function public.revert_import(uuid, uuid), private.revert_import(uuid, uuid) to authenticated, service_role;
