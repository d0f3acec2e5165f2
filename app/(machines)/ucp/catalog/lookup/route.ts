import { CatalogLookup } from '@/lib/domain/agents/catalog-request'
import { lookUpCatalog } from '@/lib/server/agents/catalog'
import { found } from '@/lib/server/agents/operation'
import { agentRoute } from '@/lib/server/agents/rest'

export const POST = agentRoute(CatalogLookup, async (asked) => found(await lookUpCatalog(asked)))
