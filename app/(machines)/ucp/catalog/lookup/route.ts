import { CatalogLookup } from '@/lib/domain/agents/catalog-request'
import { lookUpCatalog } from '@/lib/server/agents/catalog'
import { agentRoute, found } from '@/lib/server/agents/rest'

export const POST = agentRoute(CatalogLookup, async (asked) => found(await lookUpCatalog(asked)))
