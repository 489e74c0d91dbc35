import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Front } from '#libs/http';
import { AppModule } from './app.module.js';
import { ChatStandIns } from './chat/chat-stand-ins.js';
import { chatFront } from './chat/front.js';
import { servePage } from './page/serve-page.js';
import { Inboxes } from './webhook-inbox/inboxes.service.js';
import { receiveWebhooks } from './webhook-inbox/receive-webhooks.js';

/** What is posted to a stand-in is taken raw, before anything of ours looks at it; the page and its API are the rest. */
export const sandboxService = {
  module: AppModule,
  front: (app: NestExpressApplication): Front => {
    const [webhooks, chats] = [receiveWebhooks(app.get(Inboxes)), chatFront(app.get(ChatStandIns).all)];
    return (request, response) => webhooks(request, response) || chats(request, response);
  },
  before: (app: NestExpressApplication): void => {
    app.disable('x-powered-by');
    servePage(app);
  },
};
