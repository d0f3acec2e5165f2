import { serveMcp } from '@/lib/server/agents/mcp/endpoint'

/** The shop for agents that speak the Model Context Protocol (docs/agents.md). */
export const POST = serveMcp
