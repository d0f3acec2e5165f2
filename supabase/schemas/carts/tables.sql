-- Carts: the items that a shopper means to buy. A cart reserves nothing (a line may stay for weeks); claims hold units
-- (schemas/holds/claims.sql). A cart belongs to a signed-in user, or to the guest with its secret token, of which only
-- the hash is stored.

create table private.clock_offset (
  only_row boolean primary key default true check (only_row),
  ahead interval not null default '0'
);
comment on table private.clock_offset is
  'How far the shop''s clock runs ahead of the wall''s: zero, except in tests that let holds run out. Only the owner of
   the database can write it; no API role can even read it.';
insert into private.clock_offset default values;
alter table private.clock_offset enable row level security;

create function private.clock()
returns timestamptz
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return clock_timestamp() + (select clock_offset.ahead from private.clock_offset where clock_offset.only_row);
end;
$$;
comment on function private.clock() is
  'The time for holds, deadlines and sales. The wall''s clock, not the transaction''s: a call that waited for a lock
   must not act on the time before it waited.';

create table public.carts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid unique references auth.users (id) on delete cascade,
  token_hash bytea unique check (length(token_hash) = 32),
  network text check (network ~ '^[0-9a-f]{32}$'),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  constraint carts_have_one_owner check (num_nonnulls(user_id, token_hash) = 1)
);
comment on table public.carts is 'One cart per signed-in user or per guest; it is emptied by an order and lives on.';
comment on column public.carts.version is 'Grows with every change of its lines'' units (schemas/carts/broadcast.sql).';
comment on column public.carts.network is
  'The network its guest was last seen in: a keyed hash made by the shop''s server, never an address; NULL where it is
   not known.';
comment on column public.carts.token_hash is
  'SHA-256 of the guest''s secret token. The token itself is only in their cookie.';

create table public.cart_lines (
  cart_id uuid not null references public.carts (id) on delete cascade,
  variant_id uuid not null references public.variants (id),
  quantity integer not null check (quantity between 1 and 99),
  price_minor integer not null check (price_minor >= 0),
  held_since timestamptz not null,
  held_until timestamptz,
  primary key (cart_id, variant_id)
);
comment on table public.cart_lines is 'One line per variant: two of one variant cannot each be checked alone.';
comment on column public.cart_lines.quantity is 'Units wanted. How many of them are held says public.claims.';
comment on column public.cart_lines.price_minor is
  'Frozen for the units that were held when it was frozen, in minor units; counts only while the hold lives. When
   units are added, the whole line takes today''s price.';
comment on column public.cart_lines.held_since is
  'When the streak of holds began, less the pauses in it; it is extended at most to shop_limits.hold_cap after.';
comment on column public.cart_lines.held_until is 'When the last hold ends or ended; NULL: the line was never held.';
create index cart_lines_by_variant on public.cart_lines (variant_id);

alter table public.carts enable row level security;
alter table public.cart_lines enable row level security;
-- Not the token hash, and no writing for anybody: functions write. A cart is read through read_cart alone.
revoke all on public.carts, public.cart_lines from anon, authenticated, service_role;
grant select (id, user_id, created_at) on public.carts to service_role;
grant select on public.cart_lines to service_role;

-- Whose cart --------------------------------------------------------------------------------------------------

create function private.token_hash(token text)
returns bytea
language plpgsql
stable
set search_path = ''
as $$
begin
  if token is null or length(token) not between 32 and 200 then
    perform private.refuse(422, 'invalid_input', '{"field": "token", "problem": "not 32 to 200 characters"}',
      'Make a random token once per guest and keep it in an httpOnly cookie, or sign in.');
  end if;
  return sha256(convert_to(token, 'UTF8'));
end;
$$;
comment on function private.token_hash(text) is
  'The stored hash of a guest''s secret. Raises invalid_input (422) for one that is too short.';

create function private.new_secret()
returns text
language plpgsql
set search_path = ''
as $$
begin
  -- 43 characters of base64url.
  return translate(rtrim(encode(extensions.gen_random_bytes(32), 'base64'), '='), '+/', '-_');
end;
$$;
comment on function private.new_secret() is
  'A secret for a link in an e-mail, in the form of every guest secret. Only its hash is kept.';

create function private.cart_owner(cart_token text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(auth.uid()::text, encode(private.token_hash(cart_token), 'hex'));
end;
$$;
comment on function private.cart_owner(text) is
  'Names the caller''s cart without its secret: part of every idempotent request, so that one guest''s key never
   answers another guest.';

create function private.own_cart(cart_token text, make boolean default false, seen_in text default null)
returns public.carts
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_hash bytea := case when v_user is null then private.token_hash(cart_token) end;
  v_cart public.carts;
begin
  if make then
    begin
      insert into public.carts (user_id, token_hash, network) values (v_user, v_hash, seen_in) on conflict do nothing;
    exception when foreign_key_violation then
      -- A token outlives its account by up to an hour.
      perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
    end;
  end if;
  if v_user is null then
    select * into v_cart from public.carts where carts.token_hash = v_hash for no key update;
    if seen_in <> v_cart.network or (seen_in is not null and v_cart.network is null) then
      update public.carts set network = seen_in where carts.id = v_cart.id returning * into v_cart;
    end if;
  else
    select * into v_cart from public.carts where carts.user_id = v_user for no key update;
  end if;
  if make and v_cart.id is null then
    -- It was there when this began, and its account was erased, or its line ended, before it could be locked.
    perform private.refuse(private.busy());
  end if;
  return v_cart;
end;
$$;
comment on function private.own_cart(text, boolean, text) is
  'The caller''s cart, locked; a new one if there is none and make is true; otherwise NULLs. seen_in: the network of
   a guest, as private.believed_network answered. Raises signed_out (401) for an account that was deleted, busy (503)
   when a cart is deleted at the same moment.';
