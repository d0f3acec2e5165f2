-- read_count -----------------------------------------------------------------------------------------------------

create function private.uncounted(asked public.counts)
returns table (variant_id uuid, on_hand integer)
language sql
stable
set search_path = ''
as $$
  select level.variant_id, level.on_hand
  from public.stock_levels as level
  join public.inventory_index as known on known.variant_id = level.variant_id
  where level.location_id = asked.location_id
    and level.on_hand > 0
    and asked.shelf is null
    and (asked.category is null or known.category = asked.category)
    and not exists (
      select from public.count_entries as entry
      where entry.count_id = asked.id and entry.variant_id = level.variant_id and not entry.withdrawn
    )
$$;
comment on function private.uncounted(public.counts) is
  'Variants in the scope of a count that have units in the ledger and no entry. A shelf includes only scanned
   variants.';

create function private.label_of(variant_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('variant_id', variants.id, 'title', products.title, 'option_values', variants.option_values,
    'sku', variants.sku, 'barcode', variants.barcode)
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = label_of.variant_id
$$;
comment on function private.label_of(uuid) is 'The title, options, SKU and barcode of a variant.';

create function private.in_baskets(variant_id uuid, location_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(greatest(0, pick.picked - claim.fulfilled)), 0)::integer
  from public.claims as claim
  join public.order_picks as pick on pick.order_item_id = claim.order_item_id and pick.location_id = claim.location_id
  where claim.location_id = in_baskets.location_id
    and claim.variant_id = in_baskets.variant_id
$$;
comment on function private.in_baskets(uuid, uuid) is
  'Units of a level that are picked and not handed over: off the shelf, and still on hand.';

create function private.entries_of(count_id uuid, variant_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', entry.id, 'units', entry.units, 'actor', entry.actor,
    'ended_at', entry.ended_at)
    order by entry.ended_at, entry.id), '[]')
  from public.count_entries as entry
  where entry.count_id = entries_of.count_id
    and entry.variant_id = entries_of.variant_id
    and not entry.withdrawn
$$;
comment on function private.entries_of(uuid, uuid) is 'The entries of a count for one variant, oldest first.';

create function private.read_count(count_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_count public.counts;
  v_is_told boolean;
begin
  perform private.require_role('viewer');
  select * into v_count from public.counts where counts.id = read_count.count_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  v_is_told := not v_count.blind or v_count.status <> 'open' or private.is_trusted()
    or private.staff_role() = 'manager';
  return jsonb_build_object(
    'count', to_jsonb(v_count) - 'slack',
    'lines', (
      select coalesce(jsonb_agg(private.label_of(line.variant_id) || jsonb_build_object('counted', line.counted,
        'expected', case when v_is_told then line.expected end, 'movements', line.movements, 'open', line.open,
        'settles_in_ms', greatest(0, ceil(extract(epoch from line.settles_at - private.clock()) * 1000)),
        'in_baskets', private.in_baskets(line.variant_id, v_count.location_id), 'entries',
        private.entries_of(v_count.id, line.variant_id))
        order by line.ended_at desc, line.variant_id), '[]')
      from private.lines_as_of(v_count) as line
    ),
    'uncounted', (
      select coalesce(jsonb_agg(private.label_of(missing.variant_id)
        || jsonb_build_object('expected', case when v_is_told then missing.on_hand end)), '[]')
      from (
        select left_over.variant_id, left_over.on_hand
        from private.uncounted(v_count) as left_over
        join public.inventory_index as known using (variant_id)
        order by known.title, known.position, known.variant_id
        limit 200
      ) as missing
      where v_count.status = 'open'
    ),
    'uncounted_total', (select count(*) from private.uncounted(v_count) where v_count.status = 'open')
  );
end;
$$;
comment on function private.read_count(uuid) is 'See public.read_count.';

create function private.lines_as_of(asked public.counts)
returns table (variant_id uuid, counted integer, expected integer, ended_at timestamptz, settles_at timestamptz,
  movements jsonb, open integer)
language sql
stable
set search_path = ''
as $$
  select line.variant_id, line.counted, line.expected, line.ended_at, line.settles_at, line.movements, line.open
  from private.count_lines(asked.id) as line
  where asked.status in ('open', 'abandoned')
  union all
  select result.variant_id, result.counted, result.expected, asked.updated_at, asked.updated_at, '[]', 0
  from public.count_results as result
  where asked.status in ('approved', 'reversed') and result.count_id = asked.id
$$;
comment on function private.lines_as_of(public.counts) is
  'The current lines of an open count; the recorded lines of an approved one.';

create function public.read_count(count_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_count(count_id)
$$;
comment on function public.read_count(uuid) is
  'A count for staff: {count, lines: [{variant_id, title, option_values, sku, barcode, counted, expected, movements in
   its window with their answers, open, settles_in_ms, in_baskets, entries}], uncounted: up to 200 of the same with
   expected alone, uncounted_total}. While a blind count is open only managers are told what is expected; others read
   null. Raises role_required (403), not_found (404).';

revoke execute on function
  public.start_count(uuid, boolean, uuid, text, text), public.record_count(uuid, jsonb),
  public.answer_count(uuid, bigint, boolean), public.approve_count(uuid, uuid, uuid[]),
  public.reverse_count(uuid, uuid),
  public.abandon_count(uuid, uuid), public.read_count(uuid)
from public, anon;
grant execute on function
  public.start_count(uuid, boolean, uuid, text, text), public.record_count(uuid, jsonb),
  public.answer_count(uuid, bigint, boolean), public.approve_count(uuid, uuid, uuid[]),
  public.reverse_count(uuid, uuid),
  public.abandon_count(uuid, uuid), public.read_count(uuid),
  private.start_count(uuid, boolean, uuid, text, text), private.record_count(uuid, jsonb),
  private.answer_count(uuid, bigint, boolean), private.approve_count(uuid, uuid, uuid[]),
  private.reverse_count(uuid, uuid),
  private.abandon_count(uuid, uuid), private.read_count(uuid)
to authenticated, service_role;
