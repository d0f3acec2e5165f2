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
  const profile = profileIn(header)
  const admitted = await countAgent(profile)
  if (!admitted.ok) return admitted
  if (profile === null) return refused(noProfile)
  const version = /;\s*version="([^"]*)"/.exec(header ?? '')?.[1]
  if (version !== undefined && version !== ucpVersion)
    return refused({ status: 422, code: 'version_unsupported', content: words.version(ucpVersion) })
  return admitted
}

export const noProfile: AgentRefusal = {
  status: 400,
  code: 'invalid_profile_url',
  content: words.profileMissing,
}

/** Counts a request of the agent with this profile; of one that names none, for its network alone. */
export async function countAgent(profile: string | null): Promise<Result<Agent, AgentRefusal>> {
  const network = await clientNetwork()
  const hash = secretOf(`agent ${profile ?? ''} ${network ?? ''}`, 'hex').slice(0, 32)
  // (With a prefix: a hash alone could be the id of an account.)
  const turn = await takeTurn('agent', `agent-${hash}`)
  return turn.ok ? accepted({ profile: profile ?? '', network, hash }) : refused(refusalOf(turn.error))
}

/** The profile in a header UCP-Agent; null for none that is an address. */
export function profileIn(header: string | null): string | null {
  return addressOf(/(?:^|;|,)\s*profile="([^"]{1,500})"/.exec(header ?? '')?.[1])
}

/** A profile, if it is an address. */
export function addressOf(profile: unknown): string | null {
  if (typeof profile !== 'string' || profile.length > 500) return null
  return /^https?:$/.test(URL.parse(profile)?.protocol ?? '') ? profile : null
}

/** A value that follows from `text` and the shop's secret alone. */
export function secretOf(text: string, encoding: 'hex' | 'base64url' = 'base64url'): string {
  return createHmac('sha256', secretKey()).update(text).digest(encoding)
}
