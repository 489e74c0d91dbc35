import type { Front } from '#libs/http';
import { authorize } from './authorize-page.js';
import { sendText } from './exchange.js';
import { signsIn, type ChatStandIn } from './stand-in.js';

/** Everything below `/slack`, `/discord` and `/teams` is theirs: taken raw, and answered as they would. */
export function chatFront(standIns: readonly ChatStandIn[]): Front {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
    const standIn = standIns.find(({ chat }) => pathname.startsWith(`/${chat.product}/`));
    if (!standIn) return false;
    const path = pathname.slice(standIn.chat.product.length + 1);
    const answering =
      signsIn(standIn) && path === standIn.authorizePath
        ? authorize(standIn, searchParams, request, response)
        : standIn.handle(path, request, response);
    answering.catch(() => sendText(response, 500, 'internal_error'));
    return true;
  };
}
