-- Checkout sessions of shopping agents (docs/agents.md). A session is a guest's cart and the agent's words about its
-- buyer. Its units are held as for every cart. The session's secret is with the agent alone; its hash is kept here.
-- An agent is the profile that it names, at one network: a keyed hash made by the shop's server. Nobody has signed that
-- name, so no agent can use up what another network may do under it.

alter table private.shop_limits
  add column agent_sessions integer not null default 25 check (agent_sessions between 1 and 10000),
  add column agent_units integer not null default 10 check (agent_units between 1 and 10000);
comment on column private.shop_limits.agent_sessions is
  'Open sessions of one agent profile at one network; four times as many of all profiles at one network.';
comment on column private.shop_limits.agent_units is
  'Units of one variant that one agent profile can hold at one network, in all its sessions together.';

insert into private.rates (kind, guest, network, per) values ('agent', 300, 1200, '1 minute');

alter table public.carts add column agent text check (agent ~ '^[0-9a-f]{32}$');
comment on column public.carts.agent is 'The agent that holds the units; NULL for people, also after they took over.';
create index carts_of_an_agent on public.carts (agent) where agent is not null;

create table private.agent_sessions (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique check (length(token_hash) = 32),
  cart_id uuid not null unique references public.carts (id) on delete cascade,
  agent text not null check (agent ~ '^[0-9a-f]{32}$'),
  network text check (network ~ '^[0-9a-f]{32}$'),
  request text not null check (request ~ '^[0-9a-f]{64}$'),
  choices jsonb not null check (jsonb_typeof(choices) = 'object'),
  status text not null default 'open' check (status in ('open', 'completed', 'cancelled', 'handed_over')),
  order_key uuid,
  provider public.payment_provider,
  expected_minor bigint,
  order_id uuid references public.orders (id) on delete set null,
  created_at timestamptz not null default now(),
  constraint agent_sessions_know_their_order check (
    num_nonnulls(order_key, provider, expected_minor) in (0, 3) and (status <> 'completed' or order_key is not null)
  )
);
comment on table private.agent_sessions is
  'Checkout sessions of shopping agents. Deleted after a day, with what they say of a buyer (a rule below); the order
   stays.';
comment on column private.agent_sessions.request is 'A hash of the request that opened it: a repeat must be the same.';
comment on column private.agent_sessions.choices is
  'The buyer and the delivery as the agent named them, read by private.agent_choices.';
comment on column private.agent_sessions.order_key is
  'The idempotency key of its order, with provider and expected_minor: a repeat after a lost answer sends the same.';
create index agent_sessions_by_age on private.agent_sessions (created_at);
create index agent_sessions_of_an_agent on private.agent_sessions (agent, created_at) where status = 'open';
create index agent_sessions_of_a_network on private.agent_sessions (network, created_at) where status = 'open';
create index agent_sessions_by_order on private.agent_sessions (order_id) where order_id is not null;
alter table private.agent_sessions enable row level security;

insert into private.retention_rules (kind, keep, target, age) values
  ('agent_sessions', '1 day', 'private.agent_sessions', 'created_at');
