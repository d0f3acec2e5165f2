set check_function_bodies = off;

create or replace function private.category_in(fields jsonb)
returns public.categories
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_category public.categories;
  v_wrong text;
begin
  v_category.title := private.text_in(fields -> 'title', 120);
  v_category.blurb := private.text_in(fields -> 'blurb', 300, 0);
  v_category.picture := private.text_in(fields -> 'picture', 1000, 0);
  v_wrong := case
    when v_category.title is null then 'title'
    when v_category.blurb is null then 'blurb'
    when v_category.picture is null or v_category.picture !~ '^(|/[^/\s][^\s]*|https://[^\s]+)$' then 'picture'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'is missing or not of its form'),
      'Send {title, blurb, picture}.');
  end if;
  return v_category;
end;
$$;

create or replace function private.clock_in(value jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select given.text
  from (select private.text_in(clock_in.value, 5, 5) as text) as given
  where given.text ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' or given.text = '24:00'
$$;

create or replace function private.free_slug(name text)
returns text
language sql
stable
set search_path = ''
as $$
  select tried.slug
  from (
    select coalesce(nullif(trim(both '-' from regexp_replace(lower(free_slug.name), '[^a-z0-9]+', '-', 'g')), ''),
      'location') || case when number > 1 then '-' || number else '' end as slug, number
    from generate_series(1, 1000) as number
  ) as tried
  where not exists (select from public.locations where locations.slug = tried.slug)
  order by tried.number
  limit 1
$$;

create or replace function private.hours_in(value jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(value) = 'array' and jsonb_array_length(value) = 0 then '[]'
    when jsonb_typeof(value) = 'array' and jsonb_array_length(value) <= 21 then (
      select case when bool_and(coalesce(span.opens < span.closes and span.day is not null
          and span.opens >= coalesce(span.former, span.opens), false)) then
        jsonb_agg(jsonb_build_object('day', span.day, 'from', span.opens, 'to', span.closes)
          order by span.day, span.opens)
        end
      from (
        select each.*, lag(each.closes) over (partition by each.day order by each.opens) as former
        from (
          select private.whole_in(entry.value -> 'day', 1, 7) as day, private.clock_in(entry.value -> 'from') as opens,
            private.clock_in(entry.value -> 'to') as closes
          from jsonb_array_elements(hours_in.value) as entry (value)
        ) as each
      ) as span
    )
  end
$$;

create or replace function private.location_in(fields jsonb)
returns public.locations
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_location public.locations;
  v_wrong text;
begin
  v_location.name := private.text_in(fields -> 'name', 120);
  v_location.address := private.text_in(fields -> 'address', 300, 0);
  v_location.hours := private.hours_in(fields -> 'hours');
  v_location.hours_note := private.text_in(fields -> 'hours_note', 200, 0);
  v_wrong := case
    when v_location.name is null then 'name'
    when v_location.address is null then 'address'
    when v_location.hours is null then 'hours'
    when v_location.hours_note is null then 'hours_note'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'is missing or not of its form'),
      'Send {name, address, hours: [{day, from, to}], hours_note}.');
  end if;
  return v_location;
end;
$$;

create or replace function private.remove_category(slug text, idempotency_key uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_products bigint;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'remove_category', jsonb_build_array(slug));
  if v_response is null then
    perform from public.categories where categories.slug = remove_category.slug for update;
    if not found then
      perform private.refuse(404, 'not_found', '{}', 'Reload the categories.');
    end if;
    v_products := (select count(*) from public.products where products.category = remove_category.slug)
      + (select count(*) from public.counts where counts.category = remove_category.slug);
    if v_products > 0 then
      perform private.refuse(409, 'category_in_use', jsonb_build_object('products', v_products),
        'Move its products to another category first.');
    end if;
    delete from public.category_sizes where category_sizes.category = remove_category.slug;
    delete from public.categories where categories.slug = remove_category.slug;
    v_response := to_jsonb(slug);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return v_response #>> '{}';
end;
$$;

create or replace function private.save_category(slug text, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_new public.categories;
  v_now public.categories;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_category', jsonb_build_array(slug, fields, expected));
  if v_response is not null then
    return v_response;
  end if;
  v_new := private.category_in(fields);
  if coalesce(length(slug) not between 1 and 255 or slug !~ '^[a-z0-9]+(-[a-z0-9]+)*$', true) then
    perform private.refuse(422, 'invalid_input', '{"field": "slug", "problem": "not letters, digits and hyphens"}',
      'Send the address of the category.');
  end if;
  lock table public.categories in share row exclusive mode;
  select * into v_now from public.categories where categories.slug = save_category.slug;
  if expected is null and v_now.slug is not null then
    perform private.refuse(409, 'name_taken', jsonb_build_object('name', v_now.title), 'Choose another title.');
  elsif expected is distinct from v_now.version then
    perform private.refuse(409, 'settings_changed', jsonb_build_object('version', v_now.version),
      'Read the category again, then send what it should be.');
  end if;
  insert into public.categories (slug, title, blurb, picture, position)
  values (save_category.slug, v_new.title, v_new.blurb, v_new.picture,
    (select coalesce(max(categories.position), 0) + 1 from public.categories))
  on conflict on constraint categories_pkey do update
  set title = excluded.title, blurb = excluded.blurb, picture = excluded.picture
  returning to_jsonb(categories) into v_response;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.save_location(location_id uuid, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_new public.locations;
  v_now public.locations;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_location',
    jsonb_build_array(location_id, fields, expected));
  if v_response is not null then
    return v_response;
  end if;
  v_new := private.location_in(fields);
  -- One at a time, so that two cannot get the same name, slug or place.
  lock table public.locations in share row exclusive mode;
  if exists (select from public.locations as other where other.active and lower(other.name) = lower(v_new.name)
      and other.id is distinct from location_id) then
    perform private.refuse(409, 'name_taken', jsonb_build_object('name', v_new.name), 'Choose another name.');
  end if;
  if location_id is null then
    insert into public.locations (slug, name, address, hours, hours_note, position)
    select private.free_slug(v_new.name), v_new.name, v_new.address, v_new.hours, v_new.hours_note,
      coalesce(max(locations.position), 0) + 1
    from public.locations
    returning to_jsonb(locations) into v_response;
  else
    select * into v_now from public.locations where locations.id = save_location.location_id;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Reload the locations.');
    end if;
    if expected is distinct from v_now.version then
      perform private.refuse(409, 'settings_changed', jsonb_build_object('version', v_now.version),
        'Read the location again, then send what it should be.');
    end if;
    update public.locations
    set name = v_new.name, address = v_new.address, hours = v_new.hours, hours_note = v_new.hours_note
    where locations.id = save_location.location_id
    returning to_jsonb(locations) into v_response;
  end if;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.set_location_active(location_id uuid, active boolean, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_uses jsonb;
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'set_location_active', jsonb_build_array(location_id, active));
  if v_response is not null then
    return v_response;
  end if;
  if active is null then
    perform private.refuse(422, 'invalid_input', '{"field": "active", "problem": "missing"}', 'Send true or false.');
  end if;
  lock table public.locations in share row exclusive mode;
  if not active then
    -- A sale or a delivery that is being saved ends first.
    perform from public.stock_levels as level
    where level.location_id = set_location_active.location_id
    order by level.variant_id
    for update;
    v_uses := private.uses_of_location(location_id);
    if v_uses <> '{"on_hand": 0, "deliveries": 0, "counts": 0, "orders": 0, "is_last": false}' then
      perform private.refuse(409, 'location_in_use', jsonb_build_object('location_id', location_id) || v_uses,
        'Transfer its units, and finish what is open there.');
    end if;
  elsif exists (select from public.locations as own join public.locations as other
      on other.active and other.id <> own.id and lower(other.name) = lower(own.name)
      where own.id = set_location_active.location_id) then
    perform private.refuse(409, 'name_taken',
      (select jsonb_build_object('name', locations.name) from public.locations
        where locations.id = set_location_active.location_id), 'Rename the other location first.');
  end if;
  update public.locations set active = set_location_active.active
  where locations.id = set_location_active.location_id
  returning to_jsonb(locations) into v_response;
  if v_response is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Reload the locations.');
  end if;
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.sort_categories(slugs text[], idempotency_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'sort_categories', jsonb_build_array(slugs));
  if v_response is null then
    lock table public.categories in share row exclusive mode;
    if slugs is null or cardinality(slugs) > 1000 or slugs is distinct from (
      select array_agg(categories.slug order by array_position(sort_categories.slugs, categories.slug))
      from public.categories
    ) then
      perform private.refuse(409, 'list_changed', '{"list": "categories"}', 'Reload the list, then order it again.');
    end if;
    update public.categories
    set position = array_position(sort_categories.slugs, categories.slug)
    where position is distinct from array_position(sort_categories.slugs, categories.slug);
    v_response := to_jsonb(cardinality(slugs));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::integer;
end;
$$;

create or replace function private.sort_locations(location_ids uuid[], idempotency_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'sort_locations', jsonb_build_array(location_ids));
  if v_response is null then
    lock table public.locations in share row exclusive mode;
    if location_ids is null or cardinality(location_ids) > 1000 or location_ids is distinct from (
      select array_agg(locations.id order by array_position(sort_locations.location_ids, locations.id))
      from public.locations where locations.active
    ) then
      perform private.refuse(409, 'list_changed', '{"list": "locations"}', 'Reload the list, then order it again.');
    end if;
    update public.locations
    set position = array_position(sort_locations.location_ids, locations.id)
    where locations.active and position is distinct from array_position(sort_locations.location_ids, locations.id);
    v_response := to_jsonb(cardinality(location_ids));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::integer;
end;
$$;

create or replace function private.uses_of_location(location_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'on_hand', (select coalesce(sum(level.on_hand), 0) from public.stock_levels as level
      where level.location_id = uses_of_location.location_id),
    'deliveries', (select count(*) from public.deliveries as delivery
      where delivery.status = 'expected'
        and uses_of_location.location_id in (delivery.to_location_id, delivery.from_location_id)),
    'counts', (select count(*) from public.counts
      where counts.status = 'open' and counts.location_id = uses_of_location.location_id),
    'orders', (select count(*) from public.orders
      where orders.status in ('awaiting_payment', 'placed') and orders.collect_at = uses_of_location.location_id),
    'is_last', not exists (select from public.locations as other
      where other.active and other.id <> uses_of_location.location_id)
  )
$$;

create or replace function public.remove_category(slug text, idempotency_key uuid)
returns text
language sql
set search_path = ''
as $$
  select private.remove_category(slug, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."remove_category"(text, uuid) FROM "anon";

create or replace function public.save_category(slug text, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_category(slug, fields, expected, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."save_category"(text, jsonb, bigint, uuid) FROM "anon";

create or replace function public.save_location(location_id uuid, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_location(location_id, fields, expected, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."save_location"(uuid, jsonb, bigint, uuid) FROM "anon";

create or replace function public.set_location_active(location_id uuid, active boolean, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.set_location_active(location_id, active, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."set_location_active"(uuid, boolean, uuid) FROM "anon";

create or replace function public.sort_categories(slugs text[], idempotency_key uuid)
returns integer
language sql
set search_path = ''
as $$
  select private.sort_categories(slugs, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."sort_categories"(text[], uuid) FROM "anon";

create or replace function public.sort_locations(location_ids uuid[], idempotency_key uuid)
returns integer
language sql
set search_path = ''
as $$
  select private.sort_locations(location_ids, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."sort_locations"(uuid[], uuid) FROM "anon";

COMMENT ON FUNCTION "private"."category_in"(jsonb) IS 'The fields of a category, rebuilt from what was sent. Raises invalid_input (422), naming the first that is wrong.';

COMMENT ON FUNCTION "private"."clock_in"(jsonb) IS 'A time of day as "09:30", up to "24:00"; NULL for anything else.';

COMMENT ON FUNCTION "private"."free_slug"(text) IS 'A slug for a new location by its name: "The shop" is the-shop, or the-shop-2.';

COMMENT ON FUNCTION "private"."hours_in"(jsonb) IS 'Opening hours [{day, from, to}] in order, rebuilt from what was sent; spans of one day do not overlap. NULL for
   anything else.';

COMMENT ON FUNCTION "private"."location_in"(jsonb) IS 'The fields of a location, rebuilt from what was sent. Raises invalid_input (422), naming the first that is wrong.';

COMMENT ON FUNCTION "private"."remove_category"(text, uuid) IS 'See public.remove_category.';

COMMENT ON FUNCTION "private"."save_category"(text, jsonb, bigint, uuid) IS 'See public.save_category.';

COMMENT ON FUNCTION "private"."save_location"(uuid, jsonb, bigint, uuid) IS 'See public.save_location.';

COMMENT ON FUNCTION "private"."set_location_active"(uuid, boolean, uuid) IS 'See public.set_location_active.';

COMMENT ON FUNCTION "private"."sort_categories"(text[], uuid) IS 'See public.sort_categories.';

COMMENT ON FUNCTION "private"."sort_locations"(uuid[], uuid) IS 'See public.sort_locations.';

COMMENT ON FUNCTION "private"."uses_of_location"(uuid) IS 'The reasons for which a location cannot be archived: units on hand, and the numbers of open deliveries, counts and
   orders for collection; is_last, whether no other is active.';

COMMENT ON FUNCTION "public"."remove_category"(text, uuid) IS 'Removes a category that has no product, archived ones included, and no count; managers. Returns its slug. Raises
   role_required (403), category_in_use (409), not_found (404), idempotency_key_reused (409), invalid_input (422).';

COMMENT ON FUNCTION "public"."save_category"(text, jsonb, bigint, uuid) IS 'Adds a category (expected NULL) or changes one whose version is still the expected one; managers. fields: {title,
   blurb, picture: a path of our own, an https address or empty}. Returns the row. Raises role_required (403),
   name_taken (409), settings_changed (409), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."save_location"(uuid, jsonb, bigint, uuid) IS 'Adds a location (location_id NULL) or changes one whose version is still the expected one; managers. fields: {name,
   address, hours: [{day: 1 Monday to 7, from: "09:30", to}], hours_note}. Returns the row. Raises role_required (403),
   name_taken (409), settings_changed (409), not_found (404), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."set_location_active"(uuid, boolean, uuid) IS 'Archives a location that holds no unit and has no open work, or restores it; managers. Returns the row. Raises
   role_required (403), location_in_use (409, with units on hand and the numbers of what is open), name_taken (409),
   not_found (404), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."sort_categories"(text[], uuid) IS 'Puts the categories into this order, which names each of them once; managers. Returns their number. Raises
   role_required (403), list_changed (409: they are others), idempotency_key_reused (409), invalid_input (422).';

COMMENT ON FUNCTION "public"."sort_locations"(uuid[], uuid) IS 'Puts the active locations into this order, which names each of them once; managers. The first gives units first and
   takes imported quantities. Returns their number. Raises role_required (403), list_changed (409: they are others),
   idempotency_key_reused (409), invalid_input (422, without a key).';

REVOKE ALL ON FUNCTION "private"."category_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."clock_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."free_slug"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hours_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."location_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remove_category"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remove_category"(text, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."remove_category"(text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."save_category"(text, jsonb, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."save_category"(text, jsonb, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."save_category"(text, jsonb, bigint, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."save_location"(uuid, jsonb, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."save_location"(uuid, jsonb, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."save_location"(uuid, jsonb, bigint, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."set_location_active"(uuid, boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."set_location_active"(uuid, boolean, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."set_location_active"(uuid, boolean, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."sort_categories"(text[], uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sort_categories"(text[], uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."sort_categories"(text[], uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."sort_locations"(uuid[], uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sort_locations"(uuid[], uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."sort_locations"(uuid[], uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."uses_of_location"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."remove_category"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."remove_category"(text, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."remove_category"(text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."save_category"(text, jsonb, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."save_category"(text, jsonb, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."save_category"(text, jsonb, bigint, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."save_location"(uuid, jsonb, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."save_location"(uuid, jsonb, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."save_location"(uuid, jsonb, bigint, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."set_location_active"(uuid, boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."set_location_active"(uuid, boolean, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."set_location_active"(uuid, boolean, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."sort_categories"(text[], uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."sort_categories"(text[], uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."sort_categories"(text[], uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."sort_locations"(uuid[], uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."sort_locations"(uuid[], uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."sort_locations"(uuid[], uuid) TO "service_role";

reset check_function_bodies;
