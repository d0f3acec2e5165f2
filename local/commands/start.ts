import { runCommand } from './run-command'
import { serveShop } from './serve-shop'

// npm start: the shop as in production, at http://localhost:3000 (PORT chooses another port).
await runCommand((interrupted) => serveShop('start', interrupted))
