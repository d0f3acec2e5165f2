-- Every action of staff in one list: the audit trail and the records of orders, deliveries, counts and imports. The
-- list is not stored. Each record is read by an index, newest first, for as many lines as a page shows.

create index stock_movements_by_hand on public.stock_movements (created_at desc, id desc)
  where reason not in ('sale', 'import');
create index order_events_of_the_desk on public.order_events (created_at desc, id desc)
  where kind <> 'placed' or detail <> '{}';
create index delivery_events_by_time on public.delivery_events (created_at desc, id desc);

create type private.trail_page as (
  who uuid, what text, pattern text, since timestamptz, until timestamptz, before_at timestamptz, before_key text,
  size integer
);
comment on type private.trail_page is
  'Which lines of the trail a page shows: the arguments of public.read_trail, checked.';

create type private.trail_line as (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text,
  before jsonb, after jsonb
);
comment on type private.trail_line is 'One line of the trail, whichever record it comes from.';

-- One function per record. Each reads the lines of one page in its order by an index: created_at within the page, then
-- the key of the cursor, then the filters.

create function private.trail_of_changes(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select line.at, 'a' || lpad(line.id::text, 19, '0'), line.actor, line.actor_name, line.action, line.subject,
    line.subject_id, line.label, line.before, line.after
  from public.audit_trail as line
  where line.at between page.since and page.until
    and (page.before_at is null or (line.at, 'a' || lpad(line.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or line.actor = page.who)
    and (page.what is null or line.subject = page.what)
    and line.label ilike page.pattern
  order by line.at desc, line.id desc
  limit page.size;
end;
$$;
comment on function private.trail_of_changes(private.trail_page) is
  'Changed rows: the audit trail itself. See public.read_trail.';

create function private.trail_of_movements(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select movement.created_at, 'm' || lpad(movement.id::text, 19, '0'), movement.actor, null::text, 'moved', 'stock',
    movement.variant_id::text, variants.sku, null::jsonb,
    jsonb_build_object('units', movement.delta, 'location_id', movement.location_id, 'reason', movement.reason,
      'document', movement.document, 'note', movement.note, 'source_kind', movement.source_kind,
      'source_id', movement.source_id)
  from public.stock_movements as movement
  join public.variants on variants.id = movement.variant_id
  where movement.reason not in ('sale', 'import')
    and movement.created_at between page.since and page.until
    and (page.before_at is null
      or (movement.created_at, 'm' || lpad(movement.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or movement.actor = page.who)
    and (page.what is null or page.what = 'stock')
    and concat_ws(' ', variants.sku, movement.document) ilike page.pattern
  order by movement.created_at desc, movement.id desc
  limit page.size;
end;
$$;
comment on function private.trail_of_movements(private.trail_page) is
  'Movements but those of sales and imports, which other records have. See public.read_trail.';

create function private.trail_of_orders(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select event.created_at, 'o' || lpad(event.id::text, 19, '0'), event.actor, null::text, event.kind, 'order',
    event.order_id::text, orders.number::text, null::jsonb, event.detail
  from public.order_events as event
  join public.orders on orders.id = event.order_id
  -- A payment has its amount here. An order that was placed at once has no detail, and is no deed of the desk.
  where (event.kind <> 'placed' or event.detail <> '{}')
    and event.created_at between page.since and page.until
    and (page.before_at is null
      or (event.created_at, 'o' || lpad(event.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or event.actor = page.who)
    and (page.what is null or page.what = 'order')
    and orders.number::text ilike page.pattern
  order by event.created_at desc, event.id desc
  limit page.size;
end;
$$;
comment on function private.trail_of_orders(private.trail_page) is
  'Events of orders after they were placed. See public.read_trail.';

create function private.trail_of_deliveries(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select event.created_at, 'd' || lpad(event.id::text, 19, '0'), event.actor, null::text, event.kind, 'delivery',
    event.delivery_id::text, private.delivery_label(delivery), null::jsonb, null::jsonb
  from public.delivery_events as event
  join public.deliveries as delivery on delivery.id = event.delivery_id
  where event.created_at between page.since and page.until
    and (page.before_at is null
      or (event.created_at, 'd' || lpad(event.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or event.actor = page.who)
    and (page.what is null or page.what = 'delivery')
    and private.delivery_label(delivery) ilike page.pattern
  order by event.created_at desc, event.id desc
  limit page.size;
end;
$$;
comment on function private.trail_of_deliveries(private.trail_page) is
  'Events of deliveries and transfers. See public.read_trail.';

create function private.trail_of_counts(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select step.at, step.key, step.actor, null::text, step.action, 'count', counts.id::text, 'count ' || counts.number,
    null::jsonb, null::jsonb
  from public.counts
  cross join lateral (values
    (counts.created_at, 'c' || counts.id, counts.started_by, 'started'),
    (case when counts.status <> 'open' then counts.updated_at end, 'e' || counts.id, counts.decided_by,
      counts.status::text)
  ) as step (at, key, actor, action)
  where step.at between page.since and page.until
    and (page.before_at is null or (step.at, step.key) < (page.before_at, page.before_key))
    and (page.who is null or step.actor = page.who)
    and (page.what is null or page.what = 'count')
    and 'count ' || counts.number ilike page.pattern
  order by step.at desc, step.key desc
  limit page.size;
end;
$$;
comment on function private.trail_of_counts(private.trail_page) is
  'When counts were started and when they were approved, reversed or abandoned. See public.read_trail.';

create function private.trail_of_imports(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select imports.applied_at, 'i' || imports.id, imports.actor, null::text,
    case when reverted.id is null then 'applied' else 'reverted' end, 'import', imports.id::text, imports.file_name,
    case when reverted.id is not null then jsonb_build_object('document', reverted.document) end,
    jsonb_build_object('document', imports.document, 'units_in', imports.summary -> 'units_in',
      'units_out', imports.summary -> 'units_out')
  from public.imports
  left join public.imports as reverted on reverted.id = imports.reverts
  where imports.applied_at between page.since and page.until
    and (page.before_at is null or (imports.applied_at, 'i' || imports.id) < (page.before_at, page.before_key))
    and (page.who is null or imports.actor = page.who)
    and (page.what is null or page.what = 'import')
    and concat_ws(' ', imports.file_name, imports.document, reverted.document) ilike page.pattern
  order by imports.applied_at desc, 2 desc
  limit page.size;
end;
$$;
comment on function private.trail_of_imports(private.trail_page) is
  'Imports that were applied, and reverts of imports. See public.read_trail.';

create function private.read_trail(
  who uuid, what text, words text, since timestamptz, until timestamptz, before_at timestamptz, before_key text,
  size integer
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text,
  before jsonb, after jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_page private.trail_page := (
    who, what,
    '%' || replace(replace(replace(coalesce(words, ''), '\', '\\'), '%', '\%'), '_', '\_') || '%',
    coalesce(since, '-infinity'), least(until, before_at, 'infinity'), before_at, before_key,
    least(greatest(coalesce(size, 50), 1), 201)
  );
begin
  perform private.require_role('manager');
  return query
  select line.at, line.key, line.actor,
    coalesce(line.actor_name, staff.name, case
      when line.actor = '00000000-0000-0000-0000-000000000000' then 'The shop' else 'A customer' end),
    line.action, line.subject, line.subject_id, line.label, line.before, line.after
  from (
    select * from private.trail_of_changes(v_page)
    union all
    select * from private.trail_of_movements(v_page)
    union all
    select * from private.trail_of_orders(v_page)
    union all
    select * from private.trail_of_deliveries(v_page)
    union all
    select * from private.trail_of_counts(v_page)
    union all
    select * from private.trail_of_imports(v_page)
  ) as line
  left join public.staff on staff.user_id = line.actor
  order by line.at desc, line.key desc
  limit v_page.size;
end;
$$;
comment on function private.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) is
  'See public.read_trail.';

create function public.read_trail(
  who uuid default null, what text default null, words text default null, since timestamptz default null,
  until timestamptz default null,
  before_at timestamptz default null, before_key text default null, size integer default 50
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text,
  before jsonb, after jsonb
)
language sql
stable
set search_path = ''
as $$
  select * from private.read_trail(who, what, words, since, until, before_at, before_key, size)
$$;
comment on function public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) is
  'Actions, newest first, up to 200 lines. Filters: the actor (who), the subject (what: product, variant, picture,
   category, location, settings, staff_member, invitation, stock, order, delivery, count, import), words in its name and
   two moments. A revert of an import has the action reverted and the other import''s document in before. The next page
   begins before (at, key) of the last line. Lines of one request share at and actor. Managers. Raises role_required
   (403).';
revoke execute on function public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer)
  from public, anon;
grant execute on function
  public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer),
  private.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer)
to authenticated, service_role;
