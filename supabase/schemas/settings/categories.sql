-- Categories as managers keep them: added, renamed, ordered, removed while no product was ever in one. The slug is the
-- address of its page, so it never changes.

create function private.category_in(fields jsonb)
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
comment on function private.category_in(jsonb) is
  'The fields of a category, rebuilt from what was sent. Raises invalid_input (422), naming the first that is wrong.';

create function private.save_category(slug text, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
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
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.save_category(text, jsonb, bigint, uuid) is 'See public.save_category.';

create function public.save_category(slug text, fields jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_category(slug, fields, expected, idempotency_key)
$$;
comment on function public.save_category(text, jsonb, bigint, uuid) is
  'Adds a category (expected NULL) or changes one whose version is still the expected one; managers. fields: {title,
   blurb, picture: a path of our own, an https address or empty}. Returns the row. Raises role_required (403),
   name_taken (409), settings_changed (409), invalid_input (422), idempotency_key_reused (409), busy (503).';

create function private.remove_category(slug text, idempotency_key uuid)
returns text
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
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
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.remove_category(text, uuid) is 'See public.remove_category.';

create function public.remove_category(slug text, idempotency_key uuid)
returns text
language sql
set search_path = ''
as $$
  select private.remove_category(slug, idempotency_key)
$$;
comment on function public.remove_category(text, uuid) is
  'Removes a category that has no product, archived ones included, and no count; managers. Returns its slug. Raises
   role_required (403), category_in_use (409), not_found (404), idempotency_key_reused (409), invalid_input (422),
   busy (503).';

create function private.sort_categories(slugs text[], idempotency_key uuid)
returns integer
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
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
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.sort_categories(text[], uuid) is 'See public.sort_categories.';

create function public.sort_categories(slugs text[], idempotency_key uuid)
returns integer
language sql
set search_path = ''
as $$
  select private.sort_categories(slugs, idempotency_key)
$$;
comment on function public.sort_categories(text[], uuid) is
  'Puts the categories into this order, which names each of them once; managers. Returns their number. Raises
   role_required (403), list_changed (409: they are others), idempotency_key_reused (409), invalid_input (422),
   busy (503).';

revoke execute on function
  public.save_category(text, jsonb, bigint, uuid), public.remove_category(text, uuid),
  public.sort_categories(text[], uuid)
from public, anon;
grant execute on function
  public.save_category(text, jsonb, bigint, uuid), private.save_category(text, jsonb, bigint, uuid),
  public.remove_category(text, uuid), private.remove_category(text, uuid),
  public.sort_categories(text[], uuid), private.sort_categories(text[], uuid)
to authenticated, service_role;
