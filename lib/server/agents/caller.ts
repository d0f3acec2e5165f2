import 'server-only'
import { createHmac } from 'node:crypto'
import { ucpVersion } from '@/lib/domain/agents/protocol'
import { agentWords as words } from '@/lib/domain/agents/words'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { clientNetwork } from '@/lib/server/network/client-network'
import { takeTurn } from '@/lib/server/network/limits'
import { secretKey } from '@/lib/server/platform/env'
import { type AgentRefusal, refusalOf } from './refusals'

/** An agent: the profile that it names, and where it calls from. Both are claims, and nobody vouches for the first. */
export interface Agent {
  profile: string
  network: string | null
  /** The subject of limits: the profile at its network. */
  hash: string
}

/** The agent of a request by its header UCP-Agent, counted; or why it is refused. */
export async function admitAgent(header: string | null): Promise<Result<Agent, AgentRefusal>> {
  const profile = /(?:^|;|,)\s*profile="([^"]{1,500})"/.exec(header ?? '')?.[1]
  const isAddress = profile !== undefined && /^https?:$/.test(URL.parse(profile)?.protocol ?? '')
  const network = await clientNetwork()
  const hash = secretOf(`agent ${isAddress ? profile : ''} ${network ?? ''}`, 'hex').slice(0, 32)
  // (With a prefix: a hash alone could be the id of an account.)
  const turn = await takeTurn('agent', `agent-${hash}`)
  if (!turn.ok) return refused(refusalOf(turn.error))
  if (!isAddress) return refused({ status: 400, code: 'invalid_profile_url', content: words.profileMissing })
  const version = /;\s*version="([^"]*)"/.exec(header ?? '')?.[1]
  if (version !== undefined && version !== ucpVersion)
    return refused({ status: 422, code: 'version_unsupported', content: words.version(ucpVersion) })
  return accepted({ profile, network, hash })
}

/** A value that follows from `text` and the shop's secret alone. */
export function secretOf(text: string, encoding: 'hex' | 'base64url' = 'base64url'): string {
  return createHmac('sha256', secretKey()).update(text).digest(encoding)
}
