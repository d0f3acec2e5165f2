import { ProductRequest } from '@/lib/domain/agents/catalog-request'
import { getProduct } from '@/lib/server/agents/catalog'
import { found } from '@/lib/server/agents/operation'
import { agentRoute } from '@/lib/server/agents/rest'

export const POST = agentRoute(ProductRequest, async ({ id }) => found(await getProduct(id)))
