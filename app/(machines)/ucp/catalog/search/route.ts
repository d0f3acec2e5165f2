import { CatalogSearch } from '@/lib/domain/agents/catalog-request'
import { searchCatalog } from '@/lib/server/agents/catalog'
import { agentRoute, found } from '@/lib/server/agents/rest'

export const POST = agentRoute(CatalogSearch, async (asked) => found(await searchCatalog(asked)))
