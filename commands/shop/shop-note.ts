import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_DATA_DIR } from '@/commands/stack/shop-stack'

/** The shop that runs on this machine: its process, its address and the Supabase it reads. */
const ShopNote = z.object({ pid: z.int(), url: z.url(), supabase: z.url() })

const file = () => join(DEFAULT_DATA_DIR, 'shop.json')

/** Leaves a note about the shop for other commands; returns what takes it away. */
export function announceShop(url: string, supabase: string): () => void {
  mkdirSync(DEFAULT_DATA_DIR, { recursive: true })
  writeFileSync(file(), JSON.stringify({ pid: process.pid, url, supabase }))
  return () => rmSync(file(), { force: true })
}

/** The address of the shop that runs on this machine and reads this Supabase; null when none does. */
export function runningShop(supabase: string): string | null {
  try {
    const note = ShopNote.safeParse(JSON.parse(readFileSync(file(), 'utf8')))
    if (!note.success || note.data.supabase !== supabase) return null
    process.kill(note.data.pid, 0)
    return note.data.url
  } catch {
    // No note, or one that a killed shop left behind.
    return null
  }
}
