import { runCommand } from 'embedded-supabase/run-command'
import { serveShop } from './shop/serve-shop'

// npm run dev: the shop with hot reload, at http://localhost:3000 (PORT chooses another port).
await runCommand((interrupted) => serveShop('dev', interrupted))
