import { CatalogSearch } from '@/lib/domain/agents/catalog-request'
import { searchCatalog } from '@/lib/server/agents/catalog'
import { found } from '@/lib/server/agents/operation'
import { agentRoute } from '@/lib/server/agents/rest'

export const POST = agentRoute(CatalogSearch, async (asked) => found(await searchCatalog(asked)))
