create function private.which_are_held(lines private.draft_line[])
returns boolean[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select exists (
      select from public.claims where claims.cart_id = line.cart_id and claims.variant_id = line.variant_id
    )
    from unnest(lines) as line
    order by line.n, line.variant_id
  );
end;
$$;
comment on function private.which_are_held(private.draft_line[]) is
  'For each line, whether its cart has claims for it. A line is held in full or not at all. Under the variants''
   locks.';

create function private.levels_of(variant_ids uuid[], out variants uuid[], out places uuid[], out units integer[])
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  select array_agg(level.variant_id order by level.variant_id, locations.position, level.location_id),
    array_agg(level.location_id order by level.variant_id, locations.position, level.location_id),
    array_agg(level.available order by level.variant_id, locations.position, level.location_id)
  into variants, places, units
  from public.stock_levels as level
  join public.locations on locations.id = level.location_id and locations.active
  where level.variant_id = any (levels_of.variant_ids)
    and level.available > 0;
end;
$$;
comment on function private.levels_of(uuid[]) is
  'The available units of these variants per active location, as three arrays of one length in the shop''s order of
   locations.';

create function private.beyond_limit(line private.draft_line, user_id uuid, guest_hash bytea)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bought integer;
begin
  v_bought := private.units_bought(line.variant_id, user_id, guest_hash);
  if v_bought + line.quantity > line.limit_per_person then
    return private.refusal(409, 'limit_reached', jsonb_build_object('variant_id', line.variant_id,
      'limit', line.limit_per_person, 'bought', v_bought, 'wanted', line.quantity),
      'Take fewer: the limit counts earlier orders too.');
  end if;
  return null;
end;
$$;
comment on function private.beyond_limit(private.draft_line, uuid, bytea) is
  'The refusal of a line that exceeds the limit per person together with earlier orders; NULL within the limit.';

create function private.share_line(
  line private.draft_line, collect_at uuid, variants uuid[], places uuid[],
  inout units_left integer[], out shares private.draft_share[], out missing integer
)
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_level integer;
  v_units integer;
begin
  shares := '{}';
  missing := line.quantity;
  -- The location of collection gives first, then all locations in the shop's order.
  for v_pass in case when collect_at is null then 2 else 1 end .. 2 loop
    v_level := array_position(variants, line.variant_id);
    while missing > 0 and variants[v_level] = line.variant_id loop
      v_units := least(units_left[v_level], missing);
      if v_units > 0 and (v_pass = 2 or places[v_level] = collect_at) then
        shares := array_append(shares, row(line.n, line.variant_id, places[v_level], v_units)::private.draft_share);
        units_left[v_level] := units_left[v_level] - v_units;
        missing := missing - v_units;
      end if;
      v_level := v_level + 1;
    end loop;
  end loop;
end;
$$;
comment on function private.share_line(private.draft_line, uuid, uuid[], uuid[], integer[]) is
  'Takes the units of one line from the levels (variants, places, units_left; those of a variant are next to each
   other). Returns the levels that remain, the shares taken and the units missing.';

-- long because each draft depends on the units that all drafts before it left: one loop keeps them.
create function private.share_out(
  drafts private.order_draft[], lines private.draft_line[], out shares private.draft_share[], out refusals jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_is_held boolean[] := private.which_are_held(lines);
  v_unheld uuid[];
  v_levels record;
  v_left integer[];
  v_left_before integer[];
  v_draft private.order_draft;
  v_line private.draft_line;
  v_at integer := 1;
  v_shared record;
  v_taken private.draft_share[];
  v_short jsonb;
  v_refusal jsonb;
begin
  shares := '{}';
  refusals := '{}';
  -- A hold that has expired still counts until another buyer needs its units, which releases it first.
  if false = any (v_is_held) then
    v_unheld := array(
      select distinct line.variant_id from unnest(lines) with ordinality as line where not v_is_held[line.ordinality]
    );
    if private.release_expired(v_unheld) then
      v_is_held := private.which_are_held(lines);
    end if;
    v_levels := private.levels_of(v_unheld);
    v_left := v_levels.units;
  end if;

  -- v_left counts down as shares are given. Each draft has a different person: a call names a cart once.
  foreach v_draft in array drafts loop
    v_left_before := v_left;
    v_taken := '{}';
    v_short := '[]';
    v_refusal := null;
    while lines[v_at].n = v_draft.n loop
      v_line := lines[v_at];
      if v_line.limit_per_person is not null then
        v_refusal := coalesce(private.beyond_limit(v_line, auth.uid(), v_draft.guest_hash), v_refusal);
      end if;
      if not v_is_held[v_at] then
        v_shared := private.share_line(v_line, v_draft.collect_at, v_levels.variants, v_levels.places, v_left);
        v_left := v_shared.units_left;
        v_taken := v_taken || v_shared.shares;
        if v_shared.missing > 0 then
          v_short := v_short || jsonb_build_object('variant_id', v_line.variant_id, 'wanted', v_line.quantity,
            'left', v_line.quantity - v_shared.missing);
        end if;
      end if;
      v_at := v_at + 1;
    end loop;

    v_refusal := coalesce(v_refusal, case when v_short <> '[]' then private.not_enough_left(v_short) end);
    if v_refusal is null then
      shares := shares || v_taken;
    else
      -- All or nothing: the next draft can have what a refused one took.
      v_left := v_left_before;
      refusals := refusals || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_refusal));
    end if;
  end loop;
end;
$$;
comment on function private.share_out(private.order_draft[], private.draft_line[]) is
  'Allocates units to drafts in their order, all lines of a draft or none. shares: which location gives how many units
   of a line that the cart did not hold. refusals, by n: drafts without enough units or beyond a limit. Writes only the
   release of expired holds. The caller holds the variants'' locks.';
