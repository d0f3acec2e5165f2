-- Entering a code, and what staff do with discounts. Refusals: see discounts.sql.

create function private.discount_as_json(draft private.order_draft)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if draft.discount_id is null then
    return case when draft.discount_title is not null
      then jsonb_build_object('code', null, 'title', draft.discount_title, 'applies', true) end;
  end if;
  return (
    select jsonb_build_object('code', discounts.code, 'title', discounts.title,
      'applies', draft.discount_title is not null)
    from public.discounts where discounts.id = draft.discount_id
  );
end;
$$;
comment on function private.discount_as_json(private.order_draft) is
  'The discount of a draft after apply_discounts: {code, title, applies}. A code that does not apply takes nothing
   off.';

create function private.may_have_discount(cart_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.carts where carts.id = may_have_discount.cart_id and carts.discount_id is not null
  ) or private.has_automatic_discount();
end;
$$;
comment on function private.may_have_discount(uuid) is
  'Whether a cart has a code, or the shop an automatic discount: then quote_cart has another total than the lines.';

create function private.try_discount(cart public.carts, code text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_code text := upper(regexp_replace(left(try_discount.code, 200), '[[:space:]]', '', 'g'));
  v_discount public.discounts;
  v_draft private.order_draft;
  v_lines private.draft_line[];
  v_reason text;
begin
  select * into v_discount from public.discounts where discounts.code = v_code;
  v_draft.n := 1;
  v_draft.cart_id := cart.id;
  v_lines := private.lines_of(array[v_draft]);
  v_reason := case
    when v_discount.id is null then 'unknown'
    when not v_discount.active or v_discount.ends_at <= private.clock() then 'ended'
    when v_discount.starts_at > private.clock() then 'not_started'
    when true <> all (private.own_lines(v_discount, v_lines)) then 'not_these_items'
    when private.discount_lines(v_discount, v_lines) is null then 'minimum'
  end;
  v_reason := coalesce(v_reason, private.hold_use(v_discount, cart.id, cart.user_id, cart.token_hash));
  if v_reason is not null then
    return private.discount_refusal(left(v_code, 40), v_reason, v_discount.minimum_minor);
  end if;
  update public.carts set discount_id = v_discount.id, version = carts.version + 1
  where carts.id = cart.id and carts.discount_id is distinct from v_discount.id;
  return null;
end;
$$;
comment on function private.try_discount(public.carts, text) is
  'Gives a cart the discount with this code and holds a use of it. Returns NULL, or the refusal. The caller holds the
   cart.';

create function private.apply_discount(code text, cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_network text := private.believed_network(network);
  v_cart public.carts;
  v_subject text;
  v_refusal jsonb;
begin
  -- Not above: what a declaration raises is caught by no handler of its block.
  v_cart := private.own_cart(cart_token, false, v_network);
  v_subject := private.subject_of(v_cart.token_hash, auth.uid());
  if v_cart.id is null then
    perform private.refuse(409, 'cart_empty', '{}', 'Put something into the cart first.');
  end if;
  perform private.check_caller('discount', v_subject, v_network);
  v_refusal := private.try_discount(v_cart, code);
  perform private.count_callers('discount', array[v_subject], array[v_network]);
  if v_refusal is not null then
    return private.answer_refused(v_refusal);
  end if;
  return private.quote_cart('{}', cart_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.apply_discount(text, text, text) is 'See public.apply_discount.';

create function public.apply_discount(code text, cart_token text default null, network text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.apply_discount(code, cart_token, network);
end;
$$;
comment on function public.apply_discount(text, text, text) is
  'Gives the caller''s cart the discount with this code, in place of another one, and holds a use of it as long as a
   hold of units lasts. Sent twice it has the same effect. Returns the quote of a collection as quote_cart does. Every
   try counts for the caller''s rate. Raises discount_refused (409, {code, reason: unknown | ended | not_started |
   not_these_items | minimum | used_up | already_used, minimum_minor}), cart_empty (409), too_many_requests (429),
   blocked (403), invalid_input (422) without a token, busy (503).';

create function private.remove_discount(cart_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_cart public.carts;
begin
  v_cart := private.own_cart(cart_token);
  update public.carts set discount_id = null, version = carts.version + 1
  where carts.id = v_cart.id and carts.discount_id is not null;
  delete from private.discount_claims as claim where claim.cart_id = v_cart.id;
  return private.quote_cart('{}', cart_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.remove_discount(text) is 'See public.remove_discount.';

create function public.remove_discount(cart_token text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.remove_discount(cart_token);
end;
$$;
comment on function public.remove_discount(text) is
  'The inverse of apply_discount: the cart has no code, and its use is free for others. Returns the quote. Raises
   invalid_input (422) without a token, busy (503).';

create function private.adopt_discount(guest_cart uuid, own_cart uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_discount uuid;
begin
  update public.carts set discount_id = null where carts.id = guest_cart and carts.discount_id is not null;
  if exists (select from private.discount_claims as claim where claim.cart_id = own_cart) then
    delete from private.discount_claims as claim where claim.cart_id = guest_cart;
    return;
  end if;
  update private.discount_claims as claim set cart_id = own_cart where claim.cart_id = guest_cart
  returning claim.discount_id into v_discount;
  update public.carts set discount_id = v_discount where carts.id = own_cart and v_discount is not null;
end;
$$;
comment on function private.adopt_discount(uuid, uuid) is
  'Moves the code of a guest''s cart to that of the account, unless that one has a code. The caller holds both.';

-- Staff -----------------------------------------------------------------------------------------------------------

create function private.discount_in(sent jsonb)
returns public.discounts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_new public.discounts;
  v_wrong text;
begin
  v_new.title := private.text_in(sent -> 'title', 80);
  v_new.code := upper(private.text_in(sent -> 'code', 40));
  v_new.kind := private.text_in(sent -> 'kind', 20);
  v_new.percent_bp := case when v_new.kind = 'percent' then private.whole_in(sent -> 'percent_bp', 1, 10000) end;
  v_new.amount_minor := case when v_new.kind = 'amount'
    then private.whole_in(sent -> 'amount_minor', 1, 1000000000000) end;
  select categories.slug into v_new.category from public.categories where categories.slug = sent ->> 'category';
  select products.id into v_new.product_id from public.products where products.handle = sent ->> 'product';
  v_new.minimum_minor := coalesce(private.whole_in(sent -> 'minimum_minor', 0, 1000000000000), 0);
  v_new.starts_at := private.moment_in(sent -> 'starts_at');
  v_new.ends_at := private.moment_in(sent -> 'ends_at');
  v_new.per_person := private.whole_in(sent -> 'per_person', 1, 1000);
  v_new.active := sent -> 'active' is distinct from 'false';
  v_wrong := case
    when v_new.title is null then 'title'
    when sent ->> 'code' <> '' and (v_new.code ~ '^[A-Z0-9-]{3,40}$') is not true then 'code'
    when (v_new.kind in ('percent', 'amount', 'free_delivery')) is not true then 'kind'
    when v_new.kind = 'percent' and v_new.percent_bp is null then 'percent_bp'
    when v_new.kind = 'amount' and v_new.amount_minor is null then 'amount_minor'
    when sent ->> 'category' <> '' and v_new.category is null then 'category'
    when sent ->> 'product' <> '' and v_new.product_id is null then 'product'
    when sent ->> 'minimum_minor' <> '' and private.whole_in(sent -> 'minimum_minor', 0, 1000000000000) is null
      then 'minimum_minor'
    when sent ->> 'starts_at' <> '' and v_new.starts_at is null then 'starts_at'
    when sent ->> 'ends_at' <> '' and (v_new.ends_at > coalesce(v_new.starts_at, '-infinity')) is not true
      then 'ends_at'
    when sent ->> 'per_person' <> '' and (v_new.per_person is null or v_new.code is null) then 'per_person'
    when sent ->> 'uses_limit' <> '' and (private.whole_in(sent -> 'uses_limit', 1, 1000000) is null
      or v_new.code is null) then 'uses_limit'
    when jsonb_typeof(sent -> 'active') not in ('boolean', 'null') then 'active'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'missing, too long or not valid'), 'See save_discount.');
  end if;
  return v_new;
end;
$$;
comment on function private.discount_in(jsonb) is
  'Reads a discount from known keys. Raises invalid_input (422) with the first field that is missing or not right.';

create function private.moment_in(value jsonb)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T'
    and pg_input_is_valid(value #>> '{}', 'timestamptz') then
    return (value #>> '{}')::timestamptz;
  end if;
  return null;
end;
$$;
comment on function private.moment_in(jsonb) is 'A JSON string that is a moment in ISO 8601. NULL for anything else.';

create function private.write_discount(new public.discounts, discount_id uuid, expected_version bigint)
returns public.discounts
language plpgsql
set search_path = ''
as $$
declare
  v_saved public.discounts;
begin
  if discount_id is null then
    if (select count(*) from public.discounts) >= 1000 then
      perform private.refuse(422, 'invalid_input', '{"field": "discount", "problem": "more than 1000"}',
        'Change one that has ended.');
    end if;
    new.id := gen_random_uuid();
    new.version := 1;
    new.created_at := now();
    new.updated_at := now();
    insert into public.discounts select new.* returning * into v_saved;
    return v_saved;
  end if;
  -- As an entered code locks them: the count, then the discount.
  perform private.lock_counts(array[write_discount.discount_id], '{}');
  select * into v_saved from public.discounts where discounts.id = write_discount.discount_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('discount_id', discount_id), 'Reload the list.');
  elsif v_saved.version is distinct from expected_version then
    perform private.refuse(409, 'discount_changed', jsonb_build_object('discount_id', discount_id),
      'Reload the discount, then make the change again.');
  elsif (v_saved.code is null) <> (new.code is null) then
    perform private.refuse(422, 'invalid_input', '{"field": "code", "problem": "is there or not for ever"}',
      'Add another discount instead.');
  end if;
  update public.discounts
  set title = new.title, code = new.code, kind = new.kind, percent_bp = new.percent_bp,
    amount_minor = new.amount_minor, category = new.category, product_id = new.product_id,
    minimum_minor = new.minimum_minor, starts_at = new.starts_at, ends_at = new.ends_at,
    per_person = new.per_person, active = new.active
  where discounts.id = write_discount.discount_id
  returning * into v_saved;
  return v_saved;
end;
$$;
comment on function private.write_discount(public.discounts, uuid, bigint) is
  'Adds a discount, or changes one of this version. Raises not_found (404), discount_changed (409), invalid_input
   (422).';

create function private.save_discount(
  discount jsonb, idempotency_key uuid, discount_id uuid, expected_version bigint
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_saved public.discounts;
  v_rule text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(
    idempotency_key, 'save_discount', jsonb_build_array(discount, discount_id, expected_version)
  );
  if v_response is not null then
    return v_response;
  end if;
  begin
    v_saved := private.write_discount(private.discount_in(discount), discount_id, expected_version);
    if v_saved.code is not null then
      insert into public.discount_counts as counts (discount_id, uses_limit)
      values (v_saved.id, private.whole_in(discount -> 'uses_limit', 1, 1000000))
      on conflict on constraint discount_counts_pkey do update
      set uses_limit = excluded.uses_limit, version = counts.version + 1;
    end if;
  exception when integrity_constraint_violation then
    get stacked diagnostics v_rule = constraint_name;
    perform private.refuse(422, 'invalid_input', case v_rule
        when 'discounts_code_key' then '{"field": "code", "problem": "is taken"}'::jsonb
        when 'discount_uses_stay_within_limit' then '{"field": "uses_limit", "problem": "are used already"}'
        else jsonb_build_object('field', 'discount', 'problem', v_rule)
      end, 'Correct the field. Nothing was saved.');
  end;
  v_response := to_jsonb(v_saved);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.save_discount(jsonb, uuid, uuid, bigint) is 'See public.save_discount.';

create function public.save_discount(
  discount jsonb, idempotency_key uuid, discount_id uuid default null, expected_version bigint default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_discount(discount, idempotency_key, discount_id, expected_version)
$$;
comment on function public.save_discount(jsonb, uuid, uuid, bigint) is
  'Adds a discount, or changes one (discount_id) of this version. discount is {title, code?, kind: percent | amount |
   free_delivery, percent_bp?, amount_minor?, category?, product?: its handle, minimum_minor?, starts_at?, ends_at?,
   per_person?, uses_limit?, active?}. Without a code it is automatic. Managers. Returns the row. Raises role_required
   (403), not_found (404), discount_changed (409), invalid_input (422), idempotency_key_reused (409), busy (503).';

revoke execute on function public.apply_discount(text, text, text), public.remove_discount(text),
  public.save_discount(jsonb, uuid, uuid, bigint)
from public, anon;
grant execute on function public.apply_discount(text, text, text), private.apply_discount(text, text, text),
  public.remove_discount(text), private.remove_discount(text), public.save_discount(jsonb, uuid, uuid, bigint),
  private.save_discount(jsonb, uuid, uuid, bigint)
to authenticated, service_role;
