-- Everything that colleagues did, in one list: the audit trail and the records that other nouns keep of themselves.
-- Nothing is written for it; each record is asked for as many lines as a page shows, newest first, by an index.

create index stock_movements_by_hand on public.stock_movements (created_at desc, id desc) where reason not in ('sale', 'import');
create index order_events_of_the_desk on public.order_events (created_at desc, id desc) where kind <> 'placed';
create index delivery_events_by_time on public.delivery_events (created_at desc, id desc);

create function private.read_trail(
  who uuid, what text, words text, since timestamptz, until timestamptz, before_at timestamptz, before_key text, size integer
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text, before jsonb, after jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_like text := '%' || replace(replace(replace(coalesce(words, ''), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_until timestamptz := least(read_trail.until, read_trail.before_at, 'infinity');
  v_since timestamptz := coalesce(read_trail.since, '-infinity');
  v_size integer := least(greatest(coalesce(size, 50), 1), 201);
begin
  perform private.require_role('manager');
  return query
  with lines as (
    (
      select line.at, 'a' || lpad(line.id::text, 19, '0') as key, line.actor, line.actor_name, line.action, line.subject, line.subject_id, line.label,
        line.before, line.after
      from public.audit_trail as line
      where line.at between v_since and v_until
        and (read_trail.before_at is null or (line.at, 'a' || lpad(line.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or line.actor = read_trail.who)
        and (read_trail.what is null or line.subject = read_trail.what)
        and line.label ilike v_like
      order by line.at desc, line.id desc
      limit v_size
    )
    union all
    (
      select movement.created_at, 'm' || lpad(movement.id::text, 19, '0'), movement.actor, null, 'moved', 'stock', movement.variant_id::text, variants.sku, null,
        jsonb_build_object('units', movement.delta, 'location_id', movement.location_id, 'reason', movement.reason,
          'document', movement.document, 'note', movement.note, 'source_kind', movement.source_kind, 'source_id', movement.source_id)
      from public.stock_movements as movement
      join public.variants on variants.id = movement.variant_id
      where movement.reason not in ('sale', 'import')
        and movement.created_at between v_since and v_until
        and (read_trail.before_at is null or (movement.created_at, 'm' || lpad(movement.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or movement.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'stock')
        and concat_ws(' ', variants.sku, movement.document) ilike v_like
      order by movement.created_at desc, movement.id desc
      limit v_size
    )
    union all
    (
      select event.created_at, 'o' || lpad(event.id::text, 19, '0'), event.actor, null, event.kind, 'order', event.order_id::text, orders.number::text, null, event.detail
      from public.order_events as event
      join public.orders on orders.id = event.order_id
      where event.kind <> 'placed'
        and event.created_at between v_since and v_until
        and (read_trail.before_at is null or (event.created_at, 'o' || lpad(event.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or event.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'order')
        and orders.number::text ilike v_like
      order by event.created_at desc, event.id desc
      limit v_size
    )
    union all
    (
      select event.created_at, 'd' || lpad(event.id::text, 19, '0'), event.actor, null, event.kind, 'delivery', event.delivery_id::text,
        private.delivery_label(delivery), null, null
      from public.delivery_events as event
      join public.deliveries as delivery on delivery.id = event.delivery_id
      where event.created_at between v_since and v_until
        and (read_trail.before_at is null or (event.created_at, 'd' || lpad(event.id::text, 19, '0')) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or event.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'delivery')
        and private.delivery_label(delivery) ilike v_like
      order by event.created_at desc, event.id desc
      limit v_size
    )
    union all
    (
      select step.at, step.key, step.actor, null, step.action, 'count', counts.id::text, 'count ' || counts.number, null, null
      from public.counts
      cross join lateral (values
        (counts.created_at, 'c' || counts.id, counts.started_by, 'started'),
        (case when counts.status <> 'open' then counts.updated_at end, 'e' || counts.id, counts.decided_by, counts.status::text)
      ) as step (at, key, actor, action)
      where step.at between v_since and v_until
        and (read_trail.before_at is null or (step.at, step.key) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or step.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'count')
        and 'count ' || counts.number ilike v_like
      order by step.at desc, step.key desc
      limit v_size
    )
    union all
    (
      select imports.applied_at, 'i' || imports.id, imports.actor, null, case when undone.id is null then 'applied' else 'reverted' end,
        'import', imports.id::text, imports.file_name, case when undone.id is not null then jsonb_build_object('document', undone.document) end,
        jsonb_build_object('document', imports.document, 'units_in', imports.summary -> 'units_in', 'units_out', imports.summary -> 'units_out')
      from public.imports
      left join public.imports as undone on undone.id = imports.reverts
      where imports.applied_at between v_since and v_until
        and (read_trail.before_at is null or (imports.applied_at, 'i' || imports.id) < (read_trail.before_at, read_trail.before_key))
        and (read_trail.who is null or imports.actor = read_trail.who)
        and (read_trail.what is null or read_trail.what = 'import')
        and concat_ws(' ', imports.file_name, imports.document, undone.document) ilike v_like
      order by imports.applied_at desc, 2 desc
      limit v_size
    )
  )
  select line.at, line.key, line.actor,
    coalesce(line.actor_name, staff.name, case when line.actor = '00000000-0000-0000-0000-000000000000' then 'The shop' else 'A customer' end),
    line.action, line.subject, line.subject_id, line.label, line.before, line.after
  from lines as line
  left join public.staff on staff.user_id = line.actor
  order by line.at desc, line.key desc
  limit v_size;
end;
$$;
comment on function private.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) is 'See public.read_trail.';

create function public.read_trail(
  who uuid default null, what text default null, words text default null, since timestamptz default null, until timestamptz default null,
  before_at timestamptz default null, before_key text default null, size integer default 50
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text, before jsonb, after jsonb
)
language sql
stable
set search_path = ''
as $$
  select * from private.read_trail(who, what, words, since, until, before_at, before_key, size)
$$;
comment on function public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) is
  'What was done, newest first, up to 200 lines: by whom (actor), to what kind of thing (subject: product, variant, picture,
   category, location, settings, colleague, invitation, stock, order, delivery, count, import), whose name contains words,
   between two moments. An import that takes another back has the action reverted and the other''s document in before. The
   next page begins before (at, key) of the last line. Lines of one gesture share at and actor. Managers. Raises role_required (403).';
revoke execute on function public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer) from public, anon;
grant execute on function
  public.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer),
  private.read_trail(uuid, text, text, timestamptz, timestamptz, timestamptz, text, integer)
to authenticated, service_role;
