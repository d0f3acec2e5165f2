-- From cart to order. Orders that wait together are placed together: in a rush the cost of an order is not its units
-- but its statements, and thirty orders need no more of those than one (docs/decisions/0013).
--
--   requests ──▶ drafts ──▶ lines ──▶ shares ──▶ orders
--   (checked)    (whose     (what, at  (which     (everything an order is, in one statement)
--                 cart)      a price)   place)
--
-- Nothing is locked but keys and carts until the lines are known. Then the variants are, and what was not held is
-- shared out, first come first served, each order all or nothing. place_order is a call with one request.

create type private.order_request as (
  field text, key uuid, cart_hash bytea, token_hash bytea, network text, proof boolean,
  email text, name text, phone text, delivery public.delivery_method, location_id uuid, address jsonb,
  provider public.payment_provider, expected_minor bigint
);
comment on type private.order_request is
  'A request for an order as it was read from JSON; nothing after this sees the JSON. field: the first one that is
   missing or not right.';

create type private.order_draft as (
  n integer, key uuid, request_hash jsonb, token_hash bytea, guest_hash bytea, network text, proof boolean,
  cart_id uuid, email text, name text, phone text, delivery public.delivery_method, collect_at uuid, address jsonb,
  provider public.payment_provider, expected_minor bigint, order_id uuid, payment_id uuid, placed_at timestamptz,
  held_until timestamptz, deadline timestamptz, refusal jsonb, discount_id uuid, discount_title text,
  free_delivery boolean
);
comment on type private.order_draft is
  'One request of a call, in the n-th place, checked: what its order will be, or the refusal. Not held_until: its
   units are committed at once. discount_id: the code of its cart; discount_title: of the discount that applies.';

create type private.draft_line as (
  n integer, cart_id uuid, variant_id uuid, sku text, title text, option_values text[], price_minor integer,
  tax_rate_bp integer, quantity integer, total_minor bigint, tax_minor bigint, limit_per_person integer,
  for_sale boolean, discount_minor bigint
);
comment on type private.draft_line is
  'A line of the n-th draft, with the values that its order keeps. total_minor: before the discount; tax_minor: after.';

create type private.draft_share as (n integer, variant_id uuid, location_id uuid, units integer);
comment on type private.draft_share is 'Units of one place for one line of the n-th draft.';

-- Reading -----------------------------------------------------------------------------------------------------

create function private.secret_hash_in(value jsonb)
returns bytea
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(value) = 'string' and length(value #>> '{}') between 32 and 200 then
    return sha256(convert_to(value #>> '{}', 'UTF8'));
  end if;
  return null;
end;
$$;
comment on function private.secret_hash_in(jsonb) is
  'The hash of a guest''s secret in JSON, by the rule of private.token_hash. NULL for anything else.';

create function private.email_in(value jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_email text := lower(private.text_in(value, 254, 3));
begin
  if length(v_email) <= 254
    and v_email ~ '^[^[:space:]@<>()\[\],;:"\\]+@[^[:space:]@<>()\[\],;:"\\.]+(\.[^[:space:]@<>()\[\],;:"\\.]+)+$' then
    return v_email;
  end if;
  return null;
end;
$$;
comment on function private.email_in(jsonb) is
  'An e-mail address, in lower case: one @, a domain of at least two parts, no spaces and none of <>()[],;:"\.
   Letters of any language. NULL for anything else.';

create function private.address_in(address jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_country text := private.text_in(address -> 'country', 2, 2);
begin
  return jsonb_build_object('line1', private.text_in(address -> 'line1', 200),
    'postcode', private.text_in(address -> 'postcode', 20), 'city', private.text_in(address -> 'city', 200),
    'country', case when v_country ~ '^[A-Z]{2}$' then v_country end);
end;
$$;
comment on function private.address_in(jsonb) is
  'The known keys of an address; NULL in place of what is missing or not right.';

create function private.wrong_field(request jsonb, asked private.order_request, is_guest boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when asked.key is null then 'idempotency_key'
    when is_guest and asked.cart_hash is null then 'cart_token'
    when asked.token_hash is null and (is_guest or request -> 'order_token' <> 'null') then 'order_token'
    when jsonb_typeof(request -> 'contact') is distinct from 'object' then 'contact'
    when asked.email is null then 'contact.email'
    when asked.name is null then 'contact.name'
    when asked.phone is null and request -> 'contact' -> 'phone' <> 'null' then 'contact.phone'
    when asked.provider is null then 'payment'
    when asked.expected_minor is null and request -> 'expected_total_minor' <> 'null' then 'expected_total_minor'
    when asked.delivery is null then 'delivery.method'
    when asked.delivery = 'collection' then case when asked.location_id is null then 'delivery.location_id' end
    when asked.address ->> 'line1' is null then 'delivery.address.line1'
    when asked.address ->> 'postcode' is null then 'delivery.address.postcode'
    when asked.address ->> 'city' is null then 'delivery.address.city'
    when asked.address ->> 'country' is null then 'delivery.address.country'
  end;
end;
$$;
comment on function private.wrong_field(jsonb, private.order_request, boolean) is
  'The first field of a request that is missing or was not read; NULL when all are right. An optional one may be null.';

create function private.read_request(request jsonb, is_guest boolean)
returns private.order_request
language plpgsql
stable
set search_path = ''
as $$
declare
  asked private.order_request;
  v_contact jsonb := request -> 'contact';
  v_delivery jsonb := request -> 'delivery';
  v_method jsonb := v_delivery -> 'method';
  v_payment jsonb := request -> 'payment';
begin
  if pg_column_size(request) > 16384 then
    asked.field := 'request';
    return asked;
  end if;
  asked.key := private.uuid_in(request -> 'idempotency_key');
  asked.cart_hash := case when is_guest then private.secret_hash_in(request -> 'cart_token') end;
  asked.token_hash := private.secret_hash_in(request -> 'order_token');
  asked.email := private.email_in(v_contact -> 'email');
  asked.name := private.text_in(v_contact -> 'name', 120);
  if v_contact ? 'phone' then
    asked.phone := private.text_in(v_contact -> 'phone', 40);
  end if;
  if request ? 'expected_total_minor' then
    asked.expected_minor := private.whole_in(request -> 'expected_total_minor', 0, 1000000000000000);
  end if;
  if jsonb_typeof(v_payment) = 'string' and pg_input_is_valid(v_payment #>> '{}', 'public.payment_provider') then
    asked.provider := (v_payment #>> '{}')::public.payment_provider;
  end if;
  if v_method = '"collection"' then
    asked.delivery := 'collection';
    asked.location_id := private.uuid_in(v_delivery -> 'location_id');
  elsif v_method = '"delivery"' then
    asked.delivery := 'delivery';
    asked.address := private.address_in(v_delivery -> 'address');
  end if;
  -- Only the shop's own server knows the network.
  if private.is_trusted() then
    asked.network := substring(request ->> 'network' from '^[0-9a-f]{32}$');
    asked.proof := request -> 'proof' = 'true';
  end if;
  asked.field := private.wrong_field(request, asked, is_guest);
  return asked;
end;
$$;
comment on function private.read_request(jsonb, boolean) is
  'Reads a request once, from known keys, each with its type and within its length; unknown keys are ignored.';

create function private.refuse_request(asked private.order_request, place uuid, is_offered boolean)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when asked.field is not null then private.refusal(422, 'invalid_input', jsonb_build_object('field', asked.field,
      'problem', 'missing, too long or not valid'), 'See place_order for what to send.')
    when not is_offered then private.refusal(422, 'invalid_input',
      '{"field": "payment", "problem": "not offered by this shop"}', 'Choose a payment that is offered.')
    when asked.delivery = 'delivery' and asked.provider = 'on_collection' then private.refusal(422, 'invalid_input',
      '{"field": "payment", "problem": "not with delivery"}', 'An order that is delivered is paid online.')
    when asked.delivery = 'collection' and place is null then private.refusal(404, 'not_found',
      jsonb_build_object('location_id', asked.location_id), 'Choose an active location.')
  end;
end;
$$;
comment on function private.refuse_request(private.order_request, uuid, boolean) is
  'The refusal of a request that is wrong whatever is in its cart; NULL when it is right.';

create function private.has_confirmed_email(user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return user_id is not null and exists (
    select from auth.users where users.id = has_confirmed_email.user_id and users.email_confirmed_at is not null
  );
end;
$$;
comment on function private.has_confirmed_email(uuid) is 'Whether Auth has seen this account receive e-mail.';
