set check_function_bodies = off;

CREATE TABLE "private"."invoice_series" ("kind" text NOT NULL, "last_number" bigint NOT NULL DEFAULT 0, CONSTRAINT "invoice_series_kind_check" CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))), CONSTRAINT "invoice_series_last_number_check" CHECK ((last_number >= 0)), CONSTRAINT "invoice_series_pkey" PRIMARY KEY (kind));
insert into private.invoice_series (kind) values ('invoice'), ('credit_note');

ALTER TABLE "private"."invoice_series" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."invoices" ("kind" text NOT NULL, "number" bigint NOT NULL, "order_id" uuid NOT NULL, "currency" text NOT NULL, "total_minor" bigint NOT NULL, "tax_minor" bigint NOT NULL, "delivery_minor" bigint NOT NULL, "taxes" jsonb NOT NULL, "lines" jsonb NOT NULL, "seller" jsonb NOT NULL, "issued_at" timestamp with time zone NOT NULL, CONSTRAINT "invoices_check" CHECK (((tax_minor >= 0) AND (tax_minor <= total_minor))), CONSTRAINT "invoices_delivery_minor_check" CHECK ((delivery_minor >= 0)), CONSTRAINT "invoices_number_check" CHECK ((number > 0)), CONSTRAINT "invoices_pkey" PRIMARY KEY (kind, number), CONSTRAINT "invoices_total_minor_check" CHECK ((total_minor > 0)));

ALTER TABLE "private"."invoices" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."invoices" ADD COLUMN "previous" bigint GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED;

create or replace function private.invoice_order(ordered public.orders, captured_minor bigint)
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

create or replace function private.invoice_payment()
returns trigger
language plpgsql
security definer
set search_path = ''
set lock_timeout = '10s'
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

create or replace function private.invoices_drift()
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

create or replace function private.invoices_of(order_id uuid)
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

create or replace function private.order_as_json(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select jsonb_build_object(
      'order_id', orders.id, 'number', orders.number, 'status', orders.status, 'version', orders.version,
      'ready', orders.status = 'placed' and private.units_to_pick(orders.id) = 0,
      'email', orders.email, 'name', orders.name, 'phone', orders.phone, 'delivery', orders.delivery,
      'collect_at', orders.collect_at, 'address', orders.address, 'currency', orders.currency, 'units', orders.units,
      'total_minor', orders.total_minor, 'tax_minor', orders.tax_minor, 'created_at', orders.created_at,
      'subtotal_minor', orders.subtotal_minor, 'discount_minor', orders.discount_minor,
      'delivery_minor', orders.delivery_minor, 'delivery_estimate', orders.delivery_estimate,
      'discount_title', orders.discount_title,
      'taxes', private.order_taxes(orders.id), 'invoices', private.invoices_of(orders.id),
      'worth_minor', private.order_worth(orders.id, with_returns => false),
      'kept_at', (
        select coalesce(jsonb_agg(distinct claim.location_id), '[]')
        from public.claims as claim
        join public.order_items as item on item.id = claim.order_item_id
        where item.order_id = orders.id and claim.quantity > claim.fulfilled
      ),
      'placed_at', orders.placed_at, 'cancelled_at', orders.cancelled_at, 'erase_asked_at', orders.erase_asked_at,
      'now', private.clock(),
      'payment', (
        select jsonb_build_object('payment_id', payment.id, 'provider', payment.provider, 'status', payment.status,
          'amount_minor', payment.amount_minor, 'captured_minor', payment.captured_minor,
          'refund_due_minor', payment.refund_due_minor, 'refunded_minor', payment.refunded_minor,
          'deadline', payment.deadline,
          'in_progress', coalesce(payment.attempt_at > private.clock() - interval '2 minutes', false))
        from public.payments as payment where payment.order_id = orders.id
      ),
      'items', (
        select jsonb_agg(to_jsonb(item) - 'order_id' order by item.title, item.id)
        from public.order_items as item where item.order_id = orders.id
      ),
      'events', (
        select jsonb_agg(
          jsonb_build_object('id', event.id, 'kind', event.kind, 'detail', event.detail, 'at', event.created_at)
          order by event.id
        )
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;

create or replace function private.share_taxes(taxes jsonb, amount_minor bigint)
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

create or replace function private.uncredited(order_id uuid)
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

create or replace function private.write_invoice(kind text, ordered public.orders, total_minor bigint, taxes jsonb, lines jsonb)
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

ALTER TABLE "private"."invoices" ADD CONSTRAINT "invoices_kind_fkey" FOREIGN KEY (kind) REFERENCES private.invoice_series(kind);

ALTER TABLE "private"."invoices" ADD CONSTRAINT "invoices_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE "private"."invoices" ADD CONSTRAINT "invoices_follow_each_other" FOREIGN KEY (kind, previous) REFERENCES private.invoices(kind, number);

CREATE INDEX invoices_by_order ON private.invoices USING btree (order_id, issued_at);

CREATE INDEX invoices_by_previous ON private.invoices USING btree (kind, previous);

CREATE UNIQUE INDEX invoices_once_per_order ON private.invoices USING btree (order_id) WHERE (kind = 'invoice'::text);

CREATE TRIGGER invoices_stay BEFORE DELETE OR UPDATE OR TRUNCATE ON private.invoices FOR EACH STATEMENT EXECUTE FUNCTION private.stay_as_written();

CREATE CONSTRAINT TRIGGER payments_are_invoiced AFTER UPDATE OF captured_minor, refunded_minor ON public.payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.captured_minor <> old.captured_minor) OR (new.refunded_minor > old.refunded_minor))) EXECUTE FUNCTION private.invoice_payment();

COMMENT ON COLUMN "private"."invoices"."lines" IS 'Of an invoice: [{sku, title, option_values, quantity, tax_rate_bp, amount_minor}], the amounts after discounts.';

COMMENT ON COLUMN "private"."invoices"."previous" IS 'The number before: its row has to exist.';

COMMENT ON COLUMN "private"."invoices"."seller" IS 'The shop as it was: {name, address, country, email, tax_number}.';

COMMENT ON COLUMN "private"."invoices"."taxes" IS '[{rate_bp, amount_minor, tax_minor}]; the amounts add up to the total.';

COMMENT ON COLUMN "private"."invoices"."total_minor" IS 'Minor units, tax included: what was captured, or refunded.';

COMMENT ON FUNCTION "private"."invoice_order"(public.orders, bigint) IS 'Writes the invoice of an order whose money was captured.';

COMMENT ON FUNCTION "private"."invoice_payment"() IS 'Trigger of payments, at the commit, so that the lock of a series is held for a moment: captured money has an invoice,
   refunded money a credit note.';

COMMENT ON FUNCTION "private"."invoices_drift"() IS 'Where numbers have a gap, an invoice differs from the captured money, its credit notes from the refunds, or a tax
   from its parts.';

COMMENT ON FUNCTION "private"."invoices_of"(uuid) IS 'The invoice of an order and its credit notes, oldest first.';

COMMENT ON FUNCTION "private"."share_taxes"(jsonb, bigint) IS 'An amount, at most the sum of these parts, divided among their rates as they are, with as much of the tax of each.';

COMMENT ON FUNCTION "private"."uncredited"(uuid) IS 'The tax parts of an invoice that its credit notes have left. The last note has the rest, so that nothing remains.';

COMMENT ON FUNCTION "private"."write_invoice"(text, public.orders, bigint, jsonb, jsonb) IS 'Takes the next number of its kind and writes the row.';

COMMENT ON FUNCTION "public"."read_order"(uuid, text) IS 'An order for its buyer (by account or order_token) or for staff: the order''s columns, payment, items and events,
   taxes ([{rate_bp, amount_minor, tax_minor}]), invoices (with its credit notes), worth_minor (the total without what
   was cancelled), and kept_at: the locations of what is still to be handed over. Money in minor units. An unknown order
   and the order of another buyer are the same answer: not_found (404).';

COMMENT ON TABLE "private"."invoice_series" IS 'The last number of each kind. Its lock is the last one of a transaction.';

COMMENT ON TABLE "private"."invoices" IS 'Invoices and credit notes, numbered without gaps per kind. Append-only.';

REVOKE ALL ON FUNCTION "private"."invoice_order"(public.orders, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."invoice_payment"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."invoices_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."invoices_of"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."share_taxes"(jsonb, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."uncredited"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_invoice"(text, public.orders, bigint, jsonb, jsonb) FROM PUBLIC;

reset check_function_bodies;
