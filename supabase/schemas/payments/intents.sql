-- Card payments. A payment of provider stripe has one PaymentIntent there. The card is authorised while the order's
-- hold lives, then the order gets its units in SQL, then the money is captured. Invariants:
--   1. Units before money: a payment is authorised only together with its units (check_authorised below), and is
--      captured only when it was authorised. An order that got no units has its authorisation cancelled: no refund, no
--      fee.
--   2. Facts, not events: the server asks Stripe for the intent and records its state as it is now. An event only says
--      that it is time to ask, so order, repetition and loss of events change nothing.
--   3. The next step follows from the rows (private.next_step), whatever was tried before. A step whose outcome is
--      unknown is asked for again with the same idempotency key.
--   4. No intent is forgotten: one that is not final has a time at which a server asks again.

create table private.payment_intents (
  payment_id uuid primary key references public.payments (id),
  intent_id text not null unique check (intent_id ~ '^[A-Za-z0-9_]{1,200}$'),
  state text not null default 'requires_payment_method' check (state ~ '^[a-z_]{1,40}$'),
  decline text check (length(decline) <= 200),
  capture_minor bigint check (capture_minor > 0),
  attempts integer not null default 0 check (attempts >= 0),
  lease uuid,
  failed_at timestamptz,
  due_at timestamptz default private.clock() + interval '3 minutes',
  created_at timestamptz not null default private.clock(),
  constraint intents_are_asked_until_they_are_final check (due_at is not null or state in ('succeeded', 'canceled'))
);
comment on table private.payment_intents is
  'The PaymentIntent of a card payment and the work on it. One per payment. Written by schemas/payments/ only.';
comment on column private.payment_intents.state is 'The status that Stripe named last.';
comment on column private.payment_intents.decline is 'The last decline that was counted, as Stripe names it.';
comment on column private.payment_intents.capture_minor is
  'The amount that Stripe was asked to capture. It never changes, so that a repeated request is the same one.';
comment on column private.payment_intents.due_at is 'When a server asks Stripe again. NULL: it is final.';
comment on column private.payment_intents.lease is 'The server''s receipt for the attempt in progress.';
comment on column private.payment_intents.failed_at is
  'When the attempts were given up. It is asked about every six hours; a manager has it tried at once.';
create index payment_intents_due on private.payment_intents (due_at) where due_at is not null;
alter table private.payment_intents enable row level security;

create table private.payment_refunds (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references public.payments (id),
  amount_minor bigint not null check (amount_minor > 0),
  refund_id text unique check (refund_id ~ '^[A-Za-z0-9_]{1,200}$'),
  state text not null default 'waiting' check (state ~ '^[a-z_]{1,40}$'),
  created_at timestamptz not null default private.clock(),
  constraint refunds_wait_for_an_id check ((state = 'waiting') = (refund_id is null))
);
comment on table private.payment_refunds is
  'Refunds to cards, also those made at Stripe itself. id is the idempotency key there; waiting until Stripe has it.';
create index payment_refunds_by_payment on private.payment_refunds (payment_id);
alter table private.payment_refunds enable row level security;

create function private.intent_is_due()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update private.payment_intents as intent
  set due_at = private.clock(), attempts = 0, failed_at = null
  where intent.payment_id = new.id and (intent.state <> 'canceled');
  return null;
end;
$$;
comment on function private.intent_is_due() is
  'Trigger of payments: a change may mean a step at Stripe, so a server looks at once.';
create trigger payments_have_a_next_step after update on public.payments
  for each row when (
    new.provider = 'stripe'
      and (old.status, old.refund_due_minor) is distinct from (new.status, new.refund_due_minor)
  ) execute function private.intent_is_due();

create function private.check_authorised()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  perform from public.orders where orders.id = new.order_id for share;
  select jsonb_build_object('payment_id', payment.id, 'order', orders.status, 'intent', intent.state)
  into v_found
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  left join private.payment_intents as intent on intent.payment_id = payment.id
  where payment.id = new.id and payment.status = 'authorised'
    and (orders.status not in ('placed', 'fulfilled') or intent.due_at is null);
  if found then
    perform private.break_promise('authorised_has_units', v_found);
  end if;
  return null;
end;
$$;
comment on function private.check_authorised() is
  'An authorised payment belongs to an order that has its units, and a server will capture it.';
create constraint trigger authorised_has_units after insert or update on public.payments
  deferrable initially deferred
  for each row when (new.status = 'authorised') execute function private.check_authorised();

create function private.payment_intent(payment_id uuid, intent_id text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_payment public.payments;
  v_order public.orders;
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
  select * into v_payment from public.payments
  where payments.id = payment_intent.payment_id and payments.provider = 'stripe';
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('payment_id', payment_id),
      'It is not a card payment of this shop.');
  end if;
  if intent_id is not null then
    v_order := private.lock_order(v_payment.order_id);
    if v_order.status <> 'awaiting_payment' then
      perform private.refuse_state(v_order, 'It cannot be paid any more.');
    end if;
    insert into private.payment_intents (payment_id, intent_id)
    values (payment_intent.payment_id, payment_intent.intent_id)
    on conflict do nothing;
  end if;
  return (
    select jsonb_build_object('intent_id', intent.intent_id, 'payment_id', v_payment.id,
      'order_id', v_payment.order_id, 'status', v_payment.status)
    from private.payment_intents as intent where intent.payment_id = payment_intent.payment_id
  );
end;
$$;
comment on function private.payment_intent(uuid, text) is 'See public.payment_intent.';

create function public.payment_intent(payment_id uuid, intent_id text default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.payment_intent(payment_id, intent_id)
$$;
comment on function public.payment_intent(uuid, text) is
  'The PaymentIntent of a card payment: {intent_id, payment_id, order_id, status}; NULL while it has none. With
   intent_id, that becomes its intent if it has none. For the secret key. Raises role_required (403), not_found (404),
   order_not_open (409).';

create function private.start_card_payment(payment_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
  update public.payments as payment
  set status = 'pending', attempt_at = private.clock()
  from public.orders
  where payment.id = start_card_payment.payment_id and payment.provider = 'stripe'
    and payment.status in ('pending', 'declined') and payment.deadline > private.clock()
    and orders.id = payment.order_id and orders.status = 'awaiting_payment';
  if not found then
    return false;
  end if;
  update private.payment_intents as intent
  set due_at = private.clock() + interval '30 seconds'
  where intent.payment_id = start_card_payment.payment_id;
  update public.orders set updated_at = clock_timestamp()
  where orders.id = (select payment.order_id from public.payments as payment where payment.id = payment_id);
  return true;
end;
$$;
comment on function private.start_card_payment(uuid) is 'See public.start_card_payment.';

create function public.start_card_payment(payment_id uuid)
returns boolean
language sql
set search_path = ''
as $$
  select private.start_card_payment(payment_id)
$$;
comment on function public.start_card_payment(uuid) is
  'Records that the buyer begins to pay by card, so that no other page offers to pay at the same time. Returns whether
   it can be paid. For the secret key. Raises role_required (403).';

create function private.offer_cards()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_secret_key('Only the shop''s server takes cards.');
  update private.payment_providers set enabled = true where provider = 'stripe' and not enabled;
  return found;
end;
$$;
comment on function private.offer_cards() is 'See public.offer_cards.';

create function public.offer_cards()
returns boolean
language sql
set search_path = ''
as $$
  select private.offer_cards()
$$;
comment on function public.offer_cards() is
  'Lets orders be paid by card: called by a server that has the keys of Stripe. Returns whether they could not before.
   For the secret key. Raises role_required (403).';

revoke execute on function public.payment_intent(uuid, text), public.start_card_payment(uuid), public.offer_cards()
from public, anon, authenticated;
grant execute on function public.payment_intent(uuid, text), private.payment_intent(uuid, text),
  public.start_card_payment(uuid), private.start_card_payment(uuid), public.offer_cards(), private.offer_cards()
to service_role;
