// The functions under load on inngest-js 4 (`inngest/node`): node load-app.mjs <port> <signed>.
// Resolved from the working directory: npm install inngest@4.24.0 somewhere, and start it there.
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const from = createRequire(process.cwd() + '/');
const load = async (name) => import(pathToFileURL(from.resolve(name)).href);
const { Inngest } = await load('inngest');
const { serve } = await load('inngest/node');

const [port, signed] = [Number(process.argv[2]), process.argv[3] === 'true'];
const inngest = new Inngest({
  id: 'load',
  isDev: !signed,
  checkpointing: false,
  eventKey: 'none',
  signingKey: signed ? 'signkey-test-' + '0123456789abcdef'.repeat(4) : undefined,
});
const trigger = { triggers: [{ event: 'load/call' }] };
const functions = [
  inngest.createFunction({ id: 'no-step', ...trigger }, async () => 'done'),
  inngest.createFunction({ id: 'steps', ...trigger }, async ({ event, step }) => {
    let sum = 0;
    for (let i = 0; i <= event.data.steps; i++) {
      sum += (await step.run(`step-${i}`, () => ({ number: i, tags: ['alpha', 'beta'], text: 'new' }))).number;
    }
    return sum;
  }),
];
const handler = serve({ client: inngest, functions, signingKey: signed ? 'signkey-test-' + '0123456789abcdef'.repeat(4) : undefined });
http.createServer(handler).listen(port, '127.0.0.1');
