import { runCommand } from 'embedded-supabase/run-command'
import { serveShop } from './shop/serve-shop'

// npm start: the shop as in production, at http://localhost:3000 (PORT chooses another port).
await runCommand((interrupted) => serveShop('start', interrupted))
