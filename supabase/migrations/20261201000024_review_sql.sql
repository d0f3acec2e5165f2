set check_function_bodies = off;

create or replace function private.count_pairs(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  v_orders uuid[];
begin
  perform private.require_secret_key('Only the maintenance job of the shop counts.');
  -- A second server finds the job running and leaves it alone.
  if not pg_try_advisory_xact_lock(hashtextextended('onhand.count_pairs', 0)) then
    return 0;
  end if;
  with taken as (
    delete from private.unpaired_orders as unpaired
    where unpaired.order_id in (
      select waiting.order_id from private.unpaired_orders as waiting
      order by waiting.order_id
      limit least(greatest(coalesce(at_most, 200), 1), 1000)
    )
    returning unpaired.order_id
  )
  select coalesce(array_agg(taken.order_id), '{}') into v_orders from taken;
  insert into public.bought_together as known (product_id, other_id, orders)
  select pair.product_id, pair.other_id, count(*)
  from private.order_pairs as pair
  where pair.order_id = any (v_orders)
  group by 1, 2
  order by 1, 2
  on conflict (product_id, other_id) do update set orders = known.orders + excluded.orders;
  return cardinality(v_orders);
end;
$$;

create or replace function private.invoice_payment()
returns trigger
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_payment public.payments;
  v_order public.orders;
  v_credited bigint;
begin
  select * into v_payment from public.payments where payments.id = new.id;
  select * into v_order from public.orders where orders.id = new.order_id;
  if not exists (select from private.invoices where invoices.order_id = v_order.id and invoices.kind = 'invoice') then
    -- Money of an order that was never placed goes back; money from before the first invoice has none.
    if v_order.placed_at is null or old.captured_minor > 0 or v_payment.captured_minor = 0 then
      return null;
    end if;
    perform private.invoice_order(v_order, v_payment.captured_minor);
  end if;
  select coalesce(sum(note.total_minor), 0) into v_credited
  from private.invoices as note where note.order_id = v_order.id and note.kind = 'credit_note';
  if v_payment.refunded_minor > v_credited then
    perform private.write_invoice('credit_note', v_order, v_payment.refunded_minor - v_credited,
      private.share_taxes(private.uncredited(v_order.id), v_payment.refunded_minor - v_credited), '[]');
  end if;
  return null;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.new_order_link(order_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_token text := private.new_secret();
begin
  insert into private.order_links (token_hash, order_id, expires_at)
  values (private.token_hash(v_token), new_order_link.order_id, private.clock() + interval '90 days');
  return v_token;
end;
$$;

create or replace function private.new_secret()
returns text
language plpgsql
set search_path = ''
as $$
begin
  -- 43 characters of base64url.
  return translate(rtrim(encode(extensions.gen_random_bytes(32), 'base64'), '='), '+/', '-_');
end;
$$;

create or replace function private.new_waitlist_link(entry_id bigint)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_token text := private.new_secret();
begin
  insert into private.waitlist_links (token_hash, entry_id)
  values (private.token_hash(v_token), new_waitlist_link.entry_id);
  return v_token;
end;
$$;

create or replace function private.queue_auth_mail(kind text, recipient text, token text, request text, new_address text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_field text := case
    when kind is null or kind not in ('confirm_address', 'reset_password', 'change_address') then 'kind'
    when recipient is null or length(recipient) > 254 or recipient !~ '^[^\s@]+@[^\s@]+$' then 'recipient'
    when token is null or token !~ '^[\w-]{16,200}$' then 'token'
    when request is null or length(request) not between 1 and 120 then 'request'
    when length(new_address) > 254 or new_address !~ '^[^\s@]+@[^\s@]+$' then 'new_address'
  end;
begin
  perform private.require_secret_key('Only the shop''s server sends e-mails.');
  if v_field is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_field, 'problem', 'not as described'),
      'See public.queue_auth_mail.');
  end if;
  return private.owe_account_mail(kind::public.mail_kind, recipient, token, request,
    jsonb_strip_nulls(jsonb_build_object('new_address', new_address)), interval '1 hour');
end;
$$;

create or replace function private.set_tax_rate(idempotency_key uuid, country text, category text, rate_bp integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_wrong text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'set_tax_rate', jsonb_build_array(country, category, rate_bp));
  if v_response is not null then
    return v_response;
  end if;
  -- One at a time, so that two cannot pass the limit.
  lock table public.tax_rates in share row exclusive mode;
  v_wrong := case
    when country !~ '^[A-Z]{2}$' then 'country'
    when category is not null and not exists (
      select from public.categories where categories.slug = set_tax_rate.category
    ) then 'category'
    when num_nonnulls(country, category) = 0 then 'country'
    when rate_bp not between 0 and 10000 then 'rate_bp'
    when rate_bp is not null and (select count(*) from public.tax_rates) >= 1000 and not exists (
      select from public.tax_rates as rate
      where (rate.country, rate.category) is not distinct from (set_tax_rate.country, set_tax_rate.category)
    ) then 'rate'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'missing or not valid'), 'See set_tax_rate.');
  end if;
  if rate_bp is null then
    delete from public.tax_rates as rate
    where (rate.country, rate.category) is not distinct from (set_tax_rate.country, set_tax_rate.category);
  else
    insert into public.tax_rates as rate (country, category, rate_bp)
    values (set_tax_rate.country, set_tax_rate.category, set_tax_rate.rate_bp)
    on conflict on constraint tax_rates_once_each do update set rate_bp = excluded.rate_bp;
  end if;
  v_response := jsonb_build_object('country', country, 'category', category, 'rate_bp', rate_bp);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

COMMENT ON FUNCTION "private"."new_secret"() IS 'A secret for a link in an e-mail, in the form of every guest secret. Only its hash is kept.';

REVOKE ALL ON FUNCTION "private"."new_secret"() FROM PUBLIC;

reset check_function_bodies;
