create function private.which_are_held(lines private.draft_line[])
returns boolean[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select exists (select from public.claims where claims.cart_id = line.cart_id and claims.variant_id = line.variant_id)
    from unnest(lines) as line
    order by line.n, line.variant_id
  );
end;
$$;
comment on function private.which_are_held(private.draft_line[]) is
  'For each line, whether its cart has claims for it. A line is held in full or not at all. Under the variants'' locks.';

create function private.share_out(
  drafts private.order_draft[], lines private.draft_line[], out shares private.draft_share[], out refusals jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_is_held boolean[] := private.which_are_held(lines);
  v_unheld uuid[] := array(select distinct line.variant_id from unnest(lines) with ordinality as line where not v_is_held[line.ordinality]);
  v_variants uuid[];
  v_places uuid[];
  v_left integer[];
  v_draft private.order_draft;
  v_line private.draft_line;
  v_at integer := 1;
  v_level integer;
  v_missing integer;
  v_units integer;
  v_levels integer[] := '{}';
  v_before integer;
  v_short jsonb;
  v_refusal jsonb;
begin
  shares := '{}';
  refusals := '{}';
  -- Even a hold that ran out a moment ago stands, as long as nobody needs its units; who does, releases it first.
  if cardinality(v_unheld) > 0 then
    perform private.release_expired(v_unheld);
    v_is_held := private.which_are_held(lines);
    select array_agg(level.variant_id order by level.variant_id, locations.position, level.location_id),
      array_agg(level.location_id order by level.variant_id, locations.position, level.location_id),
      array_agg(level.available order by level.variant_id, locations.position, level.location_id)
    into v_variants, v_places, v_left
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    where level.variant_id = any (v_unheld)
      and level.available > 0;
  end if;

  -- v_left counts down as shares are given. Each draft is another person: a call names a cart once.
  foreach v_draft in array drafts loop
    v_before := cardinality(shares);
    v_short := '[]';
    v_refusal := null;
    loop
      v_line := lines[v_at];
      exit when v_line.n is distinct from v_draft.n;
      if v_line.limit_per_person is not null then
        v_units := private.units_bought(v_line.variant_id, v_user, v_draft.guest_hash);
        if v_units + v_line.quantity > v_line.limit_per_person then
          v_refusal := private.refusal(409, 'limit_reached', jsonb_build_object('variant_id', v_line.variant_id,
            'limit', v_line.limit_per_person, 'bought', v_units, 'wanted', v_line.quantity), 'Take fewer: the limit counts earlier orders too.');
        end if;
      end if;
      if not v_is_held[v_at] then
        v_missing := v_line.quantity;
        -- The place of collection gives first, then the shop's own order.
        for v_pass in case when v_draft.collect_at is null then 2 else 1 end .. 2 loop
          v_level := array_position(v_variants, v_line.variant_id);
          while v_missing > 0 and v_variants[v_level] = v_line.variant_id loop
            v_units := least(v_left[v_level], v_missing);
            if v_units > 0 and (v_pass = 2 or v_places[v_level] = v_draft.collect_at) then
              shares := array_append(shares, row(v_draft.n, v_line.variant_id, v_places[v_level], v_units)::private.draft_share);
              v_levels := array_append(v_levels, v_level);
              v_left[v_level] := v_left[v_level] - v_units;
              v_missing := v_missing - v_units;
            end if;
            v_level := v_level + 1;
          end loop;
        end loop;
        if v_missing > 0 then
          v_short := v_short || jsonb_build_object('variant_id', v_line.variant_id, 'wanted', v_line.quantity,
            'left', v_line.quantity - v_missing);
        end if;
      end if;
      v_at := v_at + 1;
    end loop;

    if v_refusal is null and v_short <> '[]' then
      v_refusal := private.not_enough_left(v_short);
    end if;
    if v_refusal is not null then
      refusals := refusals || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_refusal));
      -- All or nothing: what a refused order took on the way is there for the next.
      for v_share in v_before + 1 .. cardinality(shares) loop
        v_left[v_levels[v_share]] := v_left[v_levels[v_share]] + (shares[v_share]).units;
      end loop;
      shares := shares[1:v_before];
      v_levels := v_levels[1:v_before];
    end if;
  end loop;
end;
$$;
comment on function private.share_out(private.order_draft[], private.draft_line[]) is
  'Gives each draft in its turn the units it does not hold, all or nothing: shares says from where, refusals by n who
   was short or beyond a limit. Writes nothing but what ran out. The caller
   holds the variants'' locks.';
