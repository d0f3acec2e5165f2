import { z } from 'zod'
import { UnmetLine } from '@/lib/domain/cart/unmet-line'
import { CodeChoices } from '@/lib/domain/codes/choice'
import { countStatuses } from '@/lib/domain/counts/count'
import { ImportConflict } from '@/lib/domain/imports/conflict'
import { ShortLine, StockMoved } from '@/lib/domain/stock/stock'

/**
 * Every refusal a person can meet: a stable code and what is known about it. docs/errors.md says for each what it
 * means and what is shown; SQL raises them (private.refuse), but for `signed_out` and `cookies_blocked`, which
 * end before the database is asked.
 */
export const Refusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('signed_out'), detail: z.object({}) }),
  z.object({
    code: z.literal('role_required'),
    detail: z.object({ role: z.enum(['viewer', 'stock', 'manager']) }),
  }),
  z.object({
    code: z.literal('location_not_yours'),
    detail: z.object({ location_id: z.guid().nullable() }),
  }),
  z.object({
    code: z.literal('invalid_input'),
    detail: z.object({ field: z.string(), problem: z.string(), value: z.unknown().optional() }),
  }),
  z.object({
    code: z.literal('not_found'),
    detail: z
      .object({
        variant_id: z.guid(),
        location_id: z.guid(),
        product_id: z.guid(),
        import_id: z.guid(),
        order_id: z.guid(),
        payment_id: z.guid(),
        delivery_id: z.guid(),
        count_id: z.guid(),
        return_id: z.int(),
        alert_id: z.int(),
        change: z.guid(),
        invitation_id: z.guid(),
        user_id: z.guid(),
        zone_id: z.guid(),
        discount_id: z.guid(),
      })
      .partial(),
  }),
  z.object({
    code: z.literal('insufficient_stock'),
    detail: z.object({ short: z.array(ShortLine).min(1) }),
  }),
  z.object({ code: z.literal('stock_moved'), detail: StockMoved }),
  z.object({ code: z.literal('already_undone'), detail: z.object({ change: z.guid() }) }),
  z.object({ code: z.literal('settings_changed'), detail: z.object({ version: z.int().nullable() }) }),
  z.object({ code: z.literal('name_taken'), detail: z.object({ name: z.string() }) }),
  z.object({
    code: z.literal('location_in_use'),
    detail: z.object({
      location_id: z.guid(),
      on_hand: z.int(),
      deliveries: z.int(),
      counts: z.int(),
      orders: z.int(),
      is_last: z.boolean(),
    }),
  }),
  z.object({ code: z.literal('category_in_use'), detail: z.object({ products: z.int() }) }),
  z.object({
    code: z.literal('list_changed'),
    detail: z.object({ list: z.enum(['locations', 'categories']) }),
  }),
  z.object({ code: z.literal('currency_in_use'), detail: z.object({ currency: z.string() }) }),
  z.object({
    code: z.literal('count_closed'),
    detail: z.object({ count_id: z.guid(), number: z.int(), status: z.enum(countStatuses) }),
  }),
  z.object({
    code: z.literal('count_unsettled'),
    detail: z.object({
      count_id: z.guid(),
      lines: z.array(z.object({ variant_id: z.guid(), open: z.int(), settles_in_ms: z.int() })).min(1),
    }),
  }),
  z.object({
    code: z.literal('delivery_closed'),
    detail: z.object({ delivery_id: z.guid(), number: z.int() }),
  }),
  z.object({
    code: z.literal('delivery_over'),
    detail: z.object({
      delivery_id: z.guid(),
      lines: z.array(z.object({ variant_id: z.guid(), quantity: z.int() })).min(1),
    }),
  }),
  z.object({
    code: z.literal('delivery_short'),
    detail: z.object({
      delivery_id: z.guid(),
      lines: z.array(z.object({ variant_id: z.guid(), outstanding: z.int() })).min(1),
    }),
  }),
  z.object({ code: z.literal('idempotency_key_reused'), detail: z.object({ operation: z.string() }) }),
  z.object({ code: z.literal('ledger_is_append_only'), detail: z.object({}) }),
  z.object({ code: z.literal('not_enough_left'), detail: z.object({ short: z.array(UnmetLine).min(1) }) }),
  z.object({
    code: z.literal('limit_reached'),
    detail: z.object({ variant_id: z.guid(), limit: z.int(), bought: z.int(), wanted: z.int() }),
  }),
  z.object({
    code: z.literal('hold_limit'),
    detail: z.object({
      limit: z.enum(['cart_lines', 'cart_units', 'network_units', 'network_share', 'agent_units']),
      at_most: z.int().nullable(),
    }),
  }),
  z.object({
    code: z.literal('hold_paused'),
    detail: z.object({ variant_id: z.guid(), retry_after_seconds: z.int() }),
  }),
  z.object({
    code: z.literal('too_many_requests'),
    detail: z.object({ retry_after_seconds: z.int() }),
  }),
  z.object({ code: z.literal('still_available'), detail: z.object({ variant_id: z.guid() }) }),
  z.object({ code: z.literal('waitlist_limit'), detail: z.object({ at_most: z.int() }) }),
  z.object({ code: z.literal('offer_ended'), detail: z.object({ status: z.string() }) }),
  z.object({ code: z.literal('blocked'), detail: z.object({}) }),
  z.object({ code: z.literal('proof_needed'), detail: z.object({ bits: z.int() }) }),
  z.object({ code: z.literal('busy'), detail: z.object({ retry_after_seconds: z.int() }) }),
  z.object({ code: z.literal('cookies_blocked'), detail: z.object({}) }),
  z.object({ code: z.literal('cart_empty'), detail: z.object({}) }),
  z.object({ code: z.literal('read_only'), detail: z.object({}) }),
  z.object({
    code: z.literal('not_for_sale'),
    detail: z.object({ lines: z.array(z.object({ variant_id: z.guid() })) }),
  }),
  z.object({
    code: z.literal('price_changed'),
    detail: z.object({ expected_minor: z.int(), total_minor: z.int() }),
  }),
  z.object({
    code: z.literal('discount_refused'),
    detail: z.object({
      code: z.string(),
      reason: z.enum([
        'unknown',
        'ended',
        'not_started',
        'not_these_items',
        'minimum',
        'used_up',
        'already_used',
      ]),
      minimum_minor: z.int().nullable(),
    }),
  }),
  z.object({
    code: z.literal('not_deliverable'),
    detail: z.object({ country: z.string(), postcode: z.string() }),
  }),
  z.object({
    code: z.literal('order_not_open'),
    detail: z.object({
      order_id: z.guid(),
      status: z.enum(['awaiting_payment', 'placed', 'fulfilled', 'cancelled']),
    }),
  }),
  z.object({
    code: z.literal('not_allocated_here'),
    detail: z.object({
      order_id: z.guid(),
      location_id: z.guid(),
      lines: z.array(z.object({ order_item_id: z.int(), wanted: z.int(), allocated: z.int() })),
    }),
  }),
  z.object({
    code: z.literal('not_handed_over'),
    detail: z.object({
      order_id: z.guid(),
      lines: z.array(z.object({ order_item_id: z.int(), wanted: z.int(), out: z.int() })),
    }),
  }),
  z.object({
    code: z.literal('return_decided'),
    detail: z.object({ return_id: z.int(), outcome: z.enum(['restock', 'damaged']) }),
  }),
  z.object({
    code: z.literal('order_claimed'),
    detail: z.object({ order_id: z.guid(), picker: z.string(), leased_until: z.string().nullable() }),
  }),
  z.object({ code: z.literal('not_on_order'), detail: z.object({ order_id: z.guid(), code: z.string() }) }),
  z.object({
    code: z.literal('ambiguous_code'),
    detail: z.object({ field: z.string().optional(), code: z.string(), choices: CodeChoices }),
  }),
  z.object({
    code: z.literal('quantity_unlikely'),
    detail: z.object({ field: z.string(), quantity: z.int(), choices: CodeChoices }),
  }),
  z.object({
    code: z.literal('nothing_to_pick'),
    detail: z.object({ order_id: z.guid(), title: z.string(), wanted: z.int(), left: z.int() }),
  }),
  z.object({ code: z.literal('bad_signature'), detail: z.object({}) }),
  z.object({ code: z.literal('discount_changed'), detail: z.object({ discount_id: z.guid() }) }),
  z.object({ code: z.literal('delivery_zone_changed'), detail: z.object({ zone_id: z.guid() }) }),
  // Its content is for editors (lib/domain/products/editing/sheet.ts); shoppers' pages need not know its shape.
  z.object({ code: z.literal('product_moved'), detail: z.object({ product: z.unknown() }) }),
  z.object({ code: z.literal('import_applied'), detail: z.object({ document: z.string() }) }),
  z.object({ code: z.literal('import_changed'), detail: z.object({ fingerprint: z.string() }) }),
  z.object({
    code: z.literal('import_conflict'),
    detail: z.object({ conflicts: z.array(ImportConflict) }),
  }),
  z.object({
    code: z.literal('staff_member_exists'),
    detail: z.object({ email: z.string(), active: z.boolean().nullable() }),
  }),
  z.object({ code: z.literal('staff_member_changed'), detail: z.object({ user_id: z.guid() }) }),
  z.object({ code: z.literal('last_manager'), detail: z.object({ user_id: z.guid() }) }),
  z.object({ code: z.literal('no_account'), detail: z.object({ order_id: z.guid() }) }),
  z.object({ code: z.literal('own_access'), detail: z.object({ user_id: z.guid() }) }),
  z.object({
    code: z.literal('invitation_closed'),
    detail: z.object({ status: z.enum(['accepted', 'revoked', 'expired']) }),
  }),
  z.object({ code: z.literal('invitation_for_other'), detail: z.object({ email: z.string() }) }),
])
export type Refusal = z.infer<typeof Refusal>
