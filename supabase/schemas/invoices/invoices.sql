-- Invoices and credit notes. An order is invoiced when its money is captured, at the amount that was captured; each
-- refund has a credit note. Numbers have no gap: the next one is taken under a lock in the transaction that writes the
-- row, and a row needs the row before it (invoices_follow_each_other). Rows never change. The buyer is read from the
-- order, so that erasing a person reaches invoices, too (docs/decisions/0057). Refusals: busy.

create table private.invoice_series (
  kind text primary key check (kind in ('invoice', 'credit_note')),
  last_number bigint not null default 0 check (last_number >= 0)
);
comment on table private.invoice_series is 'The last number of each kind. Its lock is the last one of a transaction.';
alter table private.invoice_series enable row level security;
insert into private.invoice_series (kind) values ('invoice'), ('credit_note');

create table private.invoices (
  kind text not null references private.invoice_series (kind),
  number bigint not null check (number > 0),
  order_id uuid not null references public.orders (id),
  currency text not null,
  total_minor bigint not null check (total_minor > 0),
  tax_minor bigint not null check (tax_minor between 0 and total_minor),
  delivery_minor bigint not null check (delivery_minor >= 0),
  taxes jsonb not null,
  lines jsonb not null,
  seller jsonb not null,
  issued_at timestamptz not null,
  previous bigint generated always as (nullif(number - 1, 0)) stored,
  primary key (kind, number),
  constraint invoices_follow_each_other foreign key (kind, previous) references private.invoices (kind, number)
);
comment on table private.invoices is 'Invoices and credit notes, numbered without gaps per kind. Append-only.';
comment on column private.invoices.previous is 'The number before: its row has to exist.';
comment on column private.invoices.total_minor is 'Minor units, tax included: what was captured, or refunded.';
comment on column private.invoices.taxes is '[{rate_bp, amount_minor, tax_minor}]; the amounts add up to the total.';
comment on column private.invoices.lines is
  'Of an invoice: [{sku, title, option_values, quantity, tax_rate_bp, amount_minor}], the amounts after discounts.';
comment on column private.invoices.seller is 'The shop as it was: {name, address, country, email, tax_number}.';
create index invoices_by_previous on private.invoices (kind, previous);
create index invoices_by_order on private.invoices (order_id, issued_at);
create unique index invoices_once_per_order on private.invoices (order_id) where kind = 'invoice';
create trigger invoices_stay before update or delete or truncate on private.invoices
  for each statement execute function private.stay_as_written();
alter table private.invoices enable row level security;

create function private.share_taxes(taxes jsonb, amount_minor bigint)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- Shares of a running sum, rounded down: they add up, and none is more than its part.
  return (
    with running as (
      select part.rate_bp, part.amount_minor as own, part.tax_minor as tax,
        sum(part.amount_minor) over (order by part.rate_bp desc) as so_far, sum(part.amount_minor) over () as whole
      from jsonb_to_recordset(share_taxes.taxes) as part (rate_bp integer, amount_minor bigint, tax_minor bigint)
      where part.amount_minor > 0
    ),
    shared as (
      select running.*, (div(share_taxes.amount_minor * running.so_far, running.whole)
        - div(share_taxes.amount_minor * (running.so_far - running.own), running.whole))::bigint as minor
      from running
    )
    select coalesce(jsonb_agg(jsonb_build_object('rate_bp', shared.rate_bp, 'amount_minor', shared.minor,
      'tax_minor', (2 * shared.tax * shared.minor + shared.own) / (2 * shared.own)) order by shared.rate_bp desc), '[]')
    from shared
  );
end;
$$;
comment on function private.share_taxes(jsonb, bigint) is
  'An amount, at most the sum of these parts, divided among their rates as they are, with as much of the tax of each.';

create function private.write_invoice(kind text, ordered public.orders, total_minor bigint, taxes jsonb, lines jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_number bigint;
begin
  update private.invoice_series as series
  set last_number = series.last_number + 1
  where series.kind = write_invoice.kind
  returning series.last_number into v_number;
  insert into private.invoices (kind, number, order_id, currency, total_minor, tax_minor, delivery_minor, taxes, lines,
    seller, issued_at)
  select write_invoice.kind, v_number, ordered.id, ordered.currency, write_invoice.total_minor,
    (select coalesce(sum((part ->> 'tax_minor')::bigint), 0) from jsonb_array_elements(write_invoice.taxes) as part),
    case when write_invoice.kind = 'invoice' then ordered.delivery_minor else 0 end,
    write_invoice.taxes, write_invoice.lines,
    jsonb_build_object('name', shop.name, 'address', shop.address, 'country', shop.country, 'email', shop.email,
      'tax_number', shop.tax_number),
    private.clock()
  from public.shop_settings as shop where shop.only_row;
end;
$$;
comment on function private.write_invoice(text, public.orders, bigint, jsonb, jsonb) is
  'Takes the next number of its kind and writes the row.';

create function private.invoice_order(ordered public.orders, captured_minor bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  -- Units that were cancelled before the card was charged are not invoiced.
  v_is_whole boolean := captured_minor = ordered.total_minor;
  v_taxes jsonb := private.order_taxes(ordered.id);
begin
  perform private.write_invoice('invoice', ordered, captured_minor,
    case when v_is_whole then v_taxes else private.share_taxes(v_taxes, captured_minor) end,
    (
      select coalesce(jsonb_agg(jsonb_build_object('sku', item.sku, 'title', item.title,
        'option_values', item.option_values, 'quantity', kept.units, 'tax_rate_bp', item.tax_rate_bp,
        'amount_minor', (item.total_minor - item.discount_minor) * kept.units / item.quantity) order by item.id), '[]')
      from public.order_items as item
      cross join lateral (
        select item.quantity - case when v_is_whole then 0 else item.cancelled + item.returned end as units
      ) as kept
      where item.order_id = ordered.id and kept.units > 0
    ));
end;
$$;
comment on function private.invoice_order(public.orders, bigint) is
  'Writes the invoice of an order whose money was captured.';

create function private.uncredited(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('rate_bp', part.rate_bp, 'amount_minor', part.minor, 'tax_minor', part.tax))
    from (
      select own.rate_bp, sum(case note.kind when 'invoice' then own.amount_minor else -own.amount_minor end) as minor,
        sum(case note.kind when 'invoice' then own.tax_minor else -own.tax_minor end) as tax
      from private.invoices as note
      cross join jsonb_to_recordset(note.taxes) as own (rate_bp integer, amount_minor bigint, tax_minor bigint)
      where note.order_id = uncredited.order_id
      group by own.rate_bp
    ) as part
  );
end;
$$;
comment on function private.uncredited(uuid) is
  'The tax parts of an invoice that its credit notes have left. The last note has the rest, so that nothing remains.';

create function private.invoice_payment()
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
comment on function private.invoice_payment() is
  'Trigger of payments, at the commit, so that the lock of a series is held for a moment: captured money has an invoice,
   refunded money a credit note.';
create constraint trigger payments_are_invoiced after update of captured_minor, refunded_minor on public.payments
  deferrable initially deferred
  for each row when (new.captured_minor <> old.captured_minor or new.refunded_minor > old.refunded_minor)
  execute function private.invoice_payment();

create function private.invoices_of(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(own) - array['order_id', 'previous', 'currency']
      order by own.issued_at, own.kind desc, own.number), '[]')
    from private.invoices as own where own.order_id = invoices_of.order_id
  );
end;
$$;
comment on function private.invoices_of(uuid) is 'The invoice of an order and its credit notes, oldest first.';

create function private.invoices_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'invoice numbers', null::uuid, null::uuid,
    jsonb_build_object('kind', series.kind, 'last', series.last_number, 'rows', series.last_number),
    jsonb_build_object('kind', series.kind, 'last', coalesce(max(own.number), 0), 'rows', count(own.number))
  from private.invoice_series as series
  left join private.invoices as own on own.kind = series.kind
  group by series.kind, series.last_number
  having (series.last_number, series.last_number) is distinct from (coalesce(max(own.number), 0), count(own.number))

  union all
  select 'invoices', null, null,
    jsonb_build_object('order_id', own.order_id, 'captured', payment.captured_minor,
      'refunded', payment.refunded_minor),
    jsonb_build_object('order_id', own.order_id, 'captured', own.total_minor, 'refunded', notes.minor)
  from private.invoices as own
  join public.payments as payment on payment.order_id = own.order_id
  cross join lateral (
    select coalesce(sum(note.total_minor), 0) as minor
    from private.invoices as note where note.order_id = own.order_id and note.kind = 'credit_note'
  ) as notes
  -- (A refund that fails at the bank keeps its credit note: the money is due again.)
  where own.kind = 'invoice' and (own.total_minor <> payment.captured_minor
    or notes.minor < payment.refunded_minor or notes.minor > own.total_minor)

  union all
  select 'invoice taxes', null, null,
    jsonb_build_object('number', own.number, 'kind', own.kind, 'total', own.total_minor, 'tax', own.tax_minor),
    jsonb_build_object('number', own.number, 'kind', own.kind, 'total', parts.minor, 'tax', parts.tax)
  from private.invoices as own
  cross join lateral (
    select coalesce(sum(part.amount_minor), 0) as minor, coalesce(sum(part.tax_minor), 0) as tax
    from jsonb_to_recordset(own.taxes) as part (amount_minor bigint, tax_minor bigint)
  ) as parts
  where (own.total_minor, own.tax_minor) <> (parts.minor, parts.tax)
$$;
comment on function private.invoices_drift() is
  'Where numbers have a gap, an invoice differs from the captured money, its credit notes from the refunds, or a tax
   from its parts.';
