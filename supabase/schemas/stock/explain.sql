-- The parts of each quantity --------------------------------------------------------------------------------------

create function private.parts_on_hand(variant_id uuid, location_id uuid, at timestamptz)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_latest constant integer := 30;
  v_parts jsonb;
  v_first bigint;
begin
  select coalesce(jsonb_agg(jsonb_build_object('kind', 'movement', 'units', latest.delta, 'id', latest.id,
    'reason', latest.reason,
      'document', latest.document, 'source_kind', latest.source_kind, 'source_id', latest.source_id,
      'note', latest.note, 'actor', latest.actor, 'at', latest.created_at,
      'other_location_id', case when latest.reason = 'transfer' then (
        select other.location_id
        from public.stock_movements as other
        where other.variant_id = latest.variant_id and other.location_id <> latest.location_id
          and other.id between latest.id - 2000 and latest.id + 2000
          and other.reason = 'transfer' and other.created_at = latest.created_at and other.delta = -latest.delta
        order by abs(other.id - latest.id)
        limit 1
      ) end) order by latest.id desc), '[]'), min(latest.id)
  into v_parts, v_first
  from (
    select movement.*
    from public.stock_movements as movement
    where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
      and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
    order by movement.id desc
    limit v_latest
  ) as latest;

  return v_parts || coalesce((
    select jsonb_agg(jsonb_build_object('kind', 'earlier', 'units', earlier.units, 'movements', earlier.movements,
      'at', earlier.at))
    from (
      select sum(movement.delta) as units, count(*) as movements, max(movement.created_at) as at
      from public.stock_movements as movement
      where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
        and movement.id < v_first
        and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
      having count(*) > 0
    ) as earlier
  ), '[]');
end;
$$;
comment on function private.parts_on_hand(uuid, uuid, timestamptz) is
  'The latest movements of a level, newest first, then all earlier ones as one part. A transfer names the other
   location.';

create function private.parts_claimed(variant_id uuid, location_id uuid, at timestamptz, is_held boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(case
        when owner.order_item_id is null then jsonb_build_object('kind', 'hold', 'units', owner.units,
          'since', owner.since,
          'expires_at', owner.expires_at, 'cart_value_minor', cart.value_minor, 'cart_units', cart.units)
        else jsonb_build_object('kind', 'order', 'units', owner.units, 'since', owner.since, 'order_id', orders.id,
          'number', orders.number, 'status', orders.status, 'name', orders.name, 'expires_at', owner.expires_at)
      end order by owner.since, owner.cart_id, owner.order_item_id), '[]')
    from (
      -- Now: the claims themselves. At a past moment: what their history had come to.
      select claims.cart_id, claims.order_item_id, claims.quantity - claims.fulfilled as units, claims.expires_at, (
          select max(history.at)
          from private.claim_history as history
          where history.variant_id = claims.variant_id and history.location_id = claims.location_id
            and history.cart_id is not distinct from claims.cart_id and history.order_item_id is not distinct
              from claims.order_item_id
            and history.held + history.committed > 0
        ) as since
      from public.claims
      where parts_claimed.at is null
        and claims.variant_id = parts_claimed.variant_id and claims.location_id = parts_claimed.location_id
        and (claims.expires_at is not null) = parts_claimed.is_held
        and claims.quantity > claims.fulfilled
      union all
      select history.cart_id, history.order_item_id,
        sum(case when parts_claimed.is_held then history.held else history.committed end)::integer,
        null, max(history.at) filter (where history.held + history.committed > 0)
      from private.claim_history as history
      where parts_claimed.at is not null
        and history.variant_id = parts_claimed.variant_id and history.location_id = parts_claimed.location_id
        and history.at <= parts_claimed.at
      group by history.cart_id, history.order_item_id
      having sum(case when parts_claimed.is_held then history.held else history.committed end) <> 0
    ) as owner
    left join public.order_items as item on item.id = owner.order_item_id
    left join public.orders on orders.id = item.order_id
    left join lateral (
      -- The contents of a cart are known for the current moment only.
      select sum(line.quantity * line.price_minor::bigint) as value_minor, sum(line.quantity) as units
      from public.cart_lines as line
      where parts_claimed.at is null and line.cart_id = owner.cart_id
    ) as cart on true
  );
end;
$$;
comment on function private.parts_claimed(uuid, uuid, timestamptz, boolean) is
  'The claims on a level, longest first: carts (without their owner: units, since when, until when, the value of the
   cart) and orders. An expired hold counts until its units are needed.';

create function private.sum_of(parts jsonb)
returns integer
language sql
immutable
set search_path = ''
as $$
  select coalesce(sum((part ->> 'units')::integer), 0)::integer from jsonb_array_elements(parts) as part
$$;
comment on function private.sum_of(jsonb) is 'The sum of parts [{units}].';

create function private.check_question(variant_id uuid, location_id uuid, quantity text, at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if quantity is null or quantity not in ('on_hand', 'held', 'committed', 'safety', 'available') then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'quantity', 'problem', 'no such quantity', 'value', quantity),
      'Ask for on_hand, held, committed, safety or available.');
  end if;
  if at > now() then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'at', 'problem', 'in the future', 'value', at),
      'Ask for a moment that has passed, or for none: now.');
  end if;
  if not exists (select from public.variants where variants.id = check_question.variant_id) then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id),
      'Reload the list of variants.');
  end if;
  if not exists (select from public.locations where locations.id = check_question.location_id) then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Choose a location.');
  end if;
end;
$$;
comment on function private.check_question(uuid, uuid, text, timestamptz) is
  'Raises invalid_input (422) for an unknown quantity or a future moment, not_found (404) for an unknown level.';

create function private.parts_available(
  level public.stock_levels, variant_id uuid, location_id uuid, at timestamptz
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('kind', 'quantity', 'quantity', part.quantity, 'units', part.units)
    order by part.place)
  from (values
    (1, 'on_hand', case when at is null then coalesce(level.on_hand, 0)
      else private.sum_of(private.parts_on_hand(variant_id, location_id, at)) end),
    (2, 'held', -case when at is null then coalesce(level.held, 0)
      else private.sum_of(private.parts_claimed(variant_id, location_id, at, true)) end),
    (3, 'committed', -case when at is null then coalesce(level.committed, 0)
      else private.sum_of(private.parts_claimed(variant_id, location_id, at, false)) end),
    (4, 'safety', -coalesce(level.safety, 0))
  ) as part (place, quantity, units)
$$;
comment on function private.parts_available(public.stock_levels, uuid, uuid, timestamptz) is
  'On hand less held, committed and safety stock of a level, now or at a past moment.';

create function private.explain_quantity(variant_id uuid, location_id uuid, quantity text, at timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_level public.stock_levels;
  v_parts jsonb;
  v_units integer;
begin
  perform private.require_role('viewer');
  perform private.check_question(variant_id, location_id, quantity, at);

  if at is not null and quantity not in ('on_hand', 'safety') then
    at := greatest(at, now() - private.claims_remembered());
  end if;

  select * into v_level
  from public.stock_levels as level
  where level.variant_id = explain_quantity.variant_id and level.location_id = explain_quantity.location_id;

  v_parts := case quantity
    when 'on_hand' then private.parts_on_hand(variant_id, location_id, at)
    when 'held' then private.parts_claimed(variant_id, location_id, at, true)
    when 'committed' then private.parts_claimed(variant_id, location_id, at, false)
    when 'safety' then case when v_level.safety > 0
      then jsonb_build_array(jsonb_build_object('kind', 'kept_back', 'units', v_level.safety)) else '[]' end
    else private.parts_available(v_level, variant_id, location_id, at)
  end;
  -- The current number is the one stored in the level, not the sum of the parts: a difference would show.
  v_units := case
    when at is not null then private.sum_of(v_parts)
    else coalesce((to_jsonb(v_level) ->> quantity)::integer, 0)
  end;
  return jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'quantity', quantity, 'at', at,
    'asked_at', now(), 'units', v_units, 'parts', v_parts,
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row));
end;
$$;
comment on function private.explain_quantity(uuid, uuid, text, timestamptz) is 'See public.explain_quantity.';

create function public.explain_quantity(variant_id uuid, location_id uuid, quantity text, at timestamptz default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.explain_quantity(variant_id, location_id, quantity, at)
$$;
comment on function public.explain_quantity(uuid, uuid, text, timestamptz) is
  'The parts of one quantity (on_hand, held, committed, safety or available) of a level, now or at a past moment:
   {units, parts: [{kind, units, …}], at, asked_at, currency, …}; the units of the parts add up to units. Kinds:
   movement, earlier (many movements in one), hold, order, kept_back, quantity (another quantity, with its sign). Staff
   of any role. Money in minor units. Claims are stored for 90 days: an earlier moment is answered for that day, and at
   has it; on_hand goes back to the first delivery. Raises role_required (403), not_found (404), invalid_input (422).';

-- The history is an aggregate's proof like the ledger: what it comes to is what is claimed now.
create function private.claim_history_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'claim_history', variant_id, location_id,
    jsonb_build_object('held', coalesce(level.held, 0), 'committed', coalesce(level.committed, 0)),
    jsonb_build_object('held', coalesce(history.held, 0), 'committed', coalesce(history.committed, 0))
  from public.stock_levels as level
  full join (
    select history.variant_id, history.location_id, sum(history.held) as held, sum(history.committed) as committed
    from private.claim_history as history
    group by history.variant_id, history.location_id
  ) as history using (variant_id, location_id)
  where (coalesce(level.held, 0), coalesce(level.committed, 0)) is distinct
    from (coalesce(history.held, 0), coalesce(history.committed, 0))
$$;
comment on function private.claim_history_drift() is
  'Where the history of claims does not come to what a level says is held and committed.';

revoke execute on function public.explain_quantity(uuid, uuid, text, timestamptz) from public, anon;
grant execute on function public.explain_quantity(uuid, uuid, text, timestamptz),
  private.explain_quantity(uuid, uuid, text, timestamptz)
  to authenticated, service_role;
