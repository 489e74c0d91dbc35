export const SERVICES = ['releases', 'integrations', 'delivery'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Which service answers, by the first word behind `/api/v1/`. */
const OWNERS: Record<string, ServiceName> = {
  projects: 'releases',
  releases: 'releases',
  providers: 'integrations',
  integrations: 'integrations',
  oauth: 'integrations',
  activity: 'integrations',
  deliveries: 'delivery',
};

export interface Route {
  service: ServiceName;
  /** No token is asked for: the way back from an OAuth provider, and the links by which recipients of mails confirm and unsubscribe. */
  open: boolean;
  /** The answer never ends. */
  endless: boolean;
}

const API_CALL = /^\/api\/v1\/([a-z]+)(?=[/?]|$)/;
const CALLBACK = /^\/api\/v1\/oauth\/[^/?]+\/callback(?=\?|$)/;
const STREAM = /^\/api\/v1\/deliveries\/stream(?=\?|$)/;
const MAIL_LINK = /^\/mail\/(?:confirm|unsubscribe)(?=\?|$)/;
/** Of an integration, but only `delivery` can open who they are. */
const RECIPIENTS = /^\/api\/v1\/integrations\/[^/?]+\/recipients(?=[/?]|$)/;
/** `.` and `..`, also encoded: a path that means another one is nobody's. */
const DOTS = /\/(?:\.|%2e){1,2}(?=[/?]|$)/i;

/** The service that answers a call of the admin API, or of a mail's recipient; undefined where no service does. */
export function routeOf(url: string): Route | undefined {
  if (MAIL_LINK.test(url)) return { service: 'delivery', open: true, endless: false };
  const word = API_CALL.exec(url)?.[1];
  const service = word !== undefined && Object.hasOwn(OWNERS, word) ? OWNERS[word] : undefined;
  if (service === undefined || DOTS.test(url)) return undefined;
  if (RECIPIENTS.test(url)) return { service: 'delivery', open: false, endless: false };
  return { service, open: CALLBACK.test(url), endless: STREAM.test(url) };
}
