import type { Mutant } from './plant'

const PAYMENTS = 'payments/'
const seenIn = 'tests/database/payments/card-payments'

export const paymentMutants: Mutant[] = [
  {
    name: 'the counter sells units that others have reserved',
    file: 'orders/',
    from: `      filter (where line.quantity > coalesce(level.available, 0))
  into v_shares, v_short`,
    to: `      filter (where false)
  into v_shares, v_short`,
    seenIn: 'tests/database/orders/counter-sales',
  },
  {
    name: 'a walk-in sale belongs to the staff member who made it',
    file: 'orders/',
    from: `case when draft.cart_id is not null then auth.uid() end, draft.token_hash`,
    to: `auth.uid(), draft.token_hash`,
    seenIn: 'tests/database/orders/counter-sales',
  },
  {
    name: 'a walk-in sale sends an e-mail to nobody',
    file: 'mail/',
    from: `
    and not exists (select from public.orders where orders.id = owed.order_id and orders.is_walk_in);`,
    to: `;`,
    seenIn: 'tests/database/orders/counter-sales',
  },
  {
    name: 'a sale that is repeated happens again',
    file: 'orders/',
    from: `    jsonb_build_array(location_id, lines, taken_as, expected_total_minor));
  if v_response is not null then`,
    to: `    jsonb_build_array(location_id, lines, taken_as, expected_total_minor));
  if false then`,
    seenIn: 'tests/database/orders/counter-sales',
  },
  {
    name: 'items are handed over at the counter without their money',
    file: 'orders/',
    from: `    perform private.take_money(v_order, taken_as);
  end if;`,
    to: `    null;
  end if;`,
    seenIn: 'tests/database/orders/counter-sales',
  },
  {
    name: 'a card is charged before the order has its units',
    file: PAYMENTS,
    from: `    return private.authorise_payment(paid, ordered, facts);`,
    to: `    update public.payments set status = 'authorised' where payments.id = paid.id;
    return 'placed';`,
    seenIn,
  },
  {
    name: 'a repeated capture asks for another amount',
    file: PAYMENTS,
    from: `      payment_intents.capture_minor, nullif(private.order_worth(ordered.id), 0), paid.amount_minor`,
    to: `      nullif(private.order_worth(ordered.id), 0), paid.amount_minor`,
    seenIn,
  },
  {
    name: 'money that was captured is recorded again',
    file: PAYMENTS,
    from: `  if facts.state = 'succeeded' and paid.status <> 'captured' then`,
    to: `  if facts.state = 'succeeded' then`,
    seenIn,
  },
  {
    name: 'the authorisation of a cancelled order is forgotten',
    file: PAYMENTS,
    from: `  elsif paid.status = 'void' and intent.state not in ('canceled', 'succeeded') then`,
    to: `  elsif false then`,
    seenIn,
  },
  {
    name: 'an event of Stripe counts twice',
    file: PAYMENTS,
    from: `  if not found then
    return null;
  end if;
  update private.payment_intents as intent
  set due_at = private.clock()`,
    to: `  update private.payment_intents as intent
  set due_at = private.clock()`,
    seenIn,
  },
  {
    name: 'an old answer of Stripe undoes an authorisation',
    file: PAYMENTS,
    from: `
    and facts.known = 'authorised' then`,
    to: ` then`,
    seenIn,
  },
  {
    name: 'another amount or currency is authorised',
    file: PAYMENTS,
    from: `  if (facts.amount_minor, facts.currency) is distinct from (paid.amount_minor, paid.currency) then`,
    to: `  if false then`,
    seenIn,
  },
  {
    name: 'a refund is asked for twice',
    file: PAYMENTS,
    from: `  select paid.refund_due_minor - coalesce(sum(refund.amount_minor), 0) into v_left`,
    to: `  select paid.refund_due_minor - coalesce(sum(0), 0) into v_left`,
    seenIn,
  },
  {
    name: 'a server without the lease ends an attempt',
    file: PAYMENTS,
    from: ` and intent.lease = fail_payment_work.lease`,
    to: ``,
    seenIn: 'tests/database/payments/payment-work',
  },
  {
    name: 'goodwill is refunded beyond the captured money',
    file: PAYMENTS,
    from: `  if (amount_minor between 1 and v_payment.captured_minor - v_payment.refund_due_minor) is not true then`,
    to: `  if false then`,
    seenIn: 'tests/database/payments/payment-work',
  },
  {
    name: 'an invoice is numbered without a lock',
    file: 'invoices/invoices.sql',
    from: `  update private.invoice_series as series
  set last_number = series.last_number + 1
  where series.kind = write_invoice.kind
  returning series.last_number into v_number;`,
    to: `  select coalesce(max(own.number), 0) + 1 into v_number from private.invoices as own where own.kind = write_invoice.kind;`,
    seenIn: 'tests/database/payments/invoices',
  },
  {
    name: 'a number may have none before it',
    file: 'invoices/invoices.sql',
    from: `,
  constraint invoices_follow_each_other foreign key (kind, previous) references private.invoices (kind, number)`,
    to: '',
    seenIn: 'tests/database/payments/invoices',
  },
  {
    name: 'a refund has no credit note',
    file: 'invoices/invoices.sql',
    from: `  if v_payment.refunded_minor > v_credited then`,
    to: `  if false then`,
    seenIn: 'tests/database/payments/invoices',
  },
]
