// Generated from /api/openapi.json by `npm run console:api`; not to be edited.

export interface paths {
  '/api/v1/projects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All projects, newest first */
    get: operations['listProjects'];
    put?: never;
    /** Create a project */
    post: operations['createProject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One project */
    get: operations['getProject'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Rename a project */
    patch: operations['renameProject'];
    trace?: never;
  };
  '/api/v1/releases/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The newest release in each environment, by project
     * @description Paged by project, in the order of the list of projects.
     */
    get: operations['listCurrentReleases'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{projectId}/releases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Releases of a project, newest first */
    get: operations['listReleases'];
    put?: never;
    /** Create a release; fires release.created */
    post: operations['createRelease'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/releases/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One release */
    get: operations['getRelease'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Correct the description of a release; notifies nobody
     * @description Its history says what it was before. Messages that were sent stay as they are; later ones show it.
     */
    patch: operations['correctRelease'];
    trace?: never;
  };
  '/api/v1/releases/{id}/promote': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Promote a release to a higher environment; fires release.promoted */
    post: operations['promoteRelease'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/releases/{id}/rollout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change the rollout; fires release.rollout_changed unless it is the same */
    patch: operations['changeRollout'];
    trace?: never;
  };
  '/api/v1/providers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The kinds of destination, and how each is connected */
    get: operations['listProviders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/route-preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which integrations a release concerns, and which of them would not be notified
     * @description One that is not enabled has its message held; one that needs to be reconnected has it as a dead letter.
     */
    get: operations['previewRoute'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Connected destinations, newest first */
    get: operations['listIntegrations'];
    put?: never;
    /**
     * Connect a destination by its form
     * @description A webhook’s signing secret is in this answer only; a repetition by Idempotency-Key leaves it out.
     */
    post: operations['createIntegration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/same-target': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Destinations that lead where these credentials lead
     * @description Asked before they are saved. None where they cannot be saved as they are. Nothing is stored or sent.
     */
    post: operations['findSameTarget'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One connected destination */
    get: operations['getIntegration'];
    put?: never;
    post?: never;
    /** Delete a destination; what waits for it is dropped */
    delete: operations['deleteIntegration'];
    options?: never;
    head?: never;
    /**
     * Change a destination
     * @description Fresh credentials deliver its dead letters, oldest first.
     */
    patch: operations['changeIntegration'];
    trace?: never;
  };
  '/api/v1/integrations/{id}/signing-secret/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make a new signing secret; the old one signs along for 24 hours */
    post: operations['rotateSigningSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a sample of what this integration would get; also while it is disabled */
    post: operations['testIntegration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test to a destination that is not saved, and answer how it ended
     * @description Nothing is stored. What may be called, how often, and what is masked is as for a saved one.
     */
    post: operations['testUnsaved'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The messages of a provider, one for each event type and alert, as they would be posted
     * @description Made by what makes them for a delivery. Nothing is sent or stored.
     */
    post: operations['previewMessages'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/oauth/{provider}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Begin to connect a channel by signing in at its provider
     * @description Sets a cookie: the same browser must come back. Each call begins again; at most one completes.
     */
    post: operations['beginConnection'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/oauth/{provider}/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where a provider sends the browser back to
     * @description To the console’s integrations, with `connected` and an id (and `already`, where another one posts to the same channel), or with `connect_error`: access_denied, state_unknown, state_expired, other_browser, integration_missing, project_missing, provider_refused, provider_unavailable, no_webhook, address_forbidden, limit_reached, failed.
     */
    get: operations['comeBack'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/activity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who did what, newest first
     * @description For owners and admins. It comes within seconds of the change, and is kept for `ACTIVITY_RETENTION`.
     */
    get: operations['listActivity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/activity/releases/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The history of a release, newest first
     * @description For everybody who reads releases. Nothing is told of a release that is not there.
     */
    get: operations['listReleaseHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/summary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Counts and latencies over time and per integration; of one that is not there, nothing */
    get: operations['getDeliverySummary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every attempt as it happens
     * @description Server-sent events of the type `attempt`, their ids growing. A client that comes back with the last id it saw gets what it missed, 1,000 attempts at most. The stream ends when the token does.
     */
    get: operations['streamAttempts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/attention': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many destinations need somebody, and whether anything gets through
     * @description Those that are enabled and failing or disconnected, that have failed or held messages, and mail lists with recipients who have not confirmed.
     */
    get: operations['countAttention'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Deliveries as a CSV file, newest first
     * @description RFC 4180 in UTF-8 with a byte order mark. At most 100,000 rows; where there are more, the last line says so. A text that a spreadsheet would run as a formula has an apostrophe before it.
     */
    get: operations['exportDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Deliveries, newest first */
    get: operations['listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/count': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many deliveries a command about these would be about; tests are left out */
    get: operations['countDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One delivery with its event and every attempt */
    get: operations['getDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Start a new round of tries for many deliveries of one integration */
    post: operations['redeliverMany'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/discard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Drop dead or held deliveries of one integration */
    post: operations['discardDeliveries'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/retry-now': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make the next try of what is retrying now, in the same round
     * @description It takes the place of the try that is due later. A try that is due already is not counted.
     */
    post: operations['retryDeliveriesNow'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/{id}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Start a new round of tries for one delivery */
    post: operations['redeliverOne'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/{id}/recipients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The recipients of an email integration, and who of them gets mails
     * @description To take somebody off, save the integration with the others. Who may not change integrations sees masked addresses.
     */
    get: operations['listRecipients'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integrations/{id}/recipients/ask': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask recipients again who have not confirmed
     * @description No address is asked more than once an hour.
     */
    post: operations['askRecipients'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/dev-token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get a token for local use
     * @description Exists in local mode only.
     */
    post: operations['devToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface webhooks {
  'release.created': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A release reached an environment
     * @description Sent once for each new release, in the environment that it was made for. A promotion sends release.promoted instead.
     */
    post: operations['receiveReleaseCreated'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'release.promoted': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A release was promoted to a higher environment
     * @description Sent once for each promotion. `data.release` is the release in its new environment, `data.previous` says where it came from.
     */
    post: operations['receiveReleasePromoted'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'release.rollout_changed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The rollout of a release changed
     * @description Sent once for each change of the rollout. `data.previous.rolloutPercentage` is the value before. Saving the same value sends nothing.
     */
    post: operations['receiveReleaseRolloutChanged'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'destination.disconnected': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A destination refuses every message, or is gone
     * @description Sent once, when a destination on the same route refuses for good: nothing is sent to it until it is reconnected or tested. For integrations with `alerts`; never about themselves.
     */
    post: operations['receiveDestinationDisconnected'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'destination.failing': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A destination has kept failing for 15 minutes
     * @description Sent once, when a destination on the same route has accepted no message for 15 minutes (`DESTINATION_FAILING_AFTER`). For integrations with `alerts`; never about themselves.
     */
    post: operations['receiveDestinationFailing'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'destination.recovered': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A destination works again
     * @description Sent once, when a destination that was reported as disconnected or failing accepts messages again. For integrations with `alerts`; never about themselves.
     */
    post: operations['receiveDestinationRecovered'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    /** @description A refusal or a fault, RFC 9457. */
    Problem: {
      /**
       * @description Stable, for programs.
       * @example urn:nitropush:problem:not-found
       */
      type: string;
      title: string;
      status: number;
      /** @description What is wrong, for a person. */
      detail?: string;
      errors?: components['schemas']['FieldError'][];
      /** @description The answer’s X-Request-Id, as our logs have it. */
      requestId: string;
    };
    FieldError: {
      /** @example credentials.url */
      field: string;
      message: string;
    };
    ProjectInput: {
      /** @example NitroPush iOS */
      name: string;
    };
    Project: {
      /** Format: uuid */
      id: string;
      /** @example NitroPush iOS */
      name: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    ProjectPage: {
      items: components['schemas']['Project'][];
      nextCursor: string | null;
    };
    /** @enum {string} */
    Environment: 'test' | 'stage' | 'prod';
    Release: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      projectId: string;
      environment: components['schemas']['Environment'];
      /** @example 1.0.5 */
      version: string;
      mandatory: boolean;
      description: string | null;
      rolloutPercentage: number;
      /** @description Grows with every change, also over a promotion */
      revision: number;
      /** Format: uuid */
      promotedFromId: string | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    CurrentReleases: {
      /** Format: uuid */
      projectId: string;
      /** @description At most one for each environment, the lowest environment first */
      releases: components['schemas']['Release'][];
    };
    CurrentReleasesPage: {
      items: components['schemas']['CurrentReleases'][];
      nextCursor: string | null;
    };
    ReleaseInput: {
      environment: components['schemas']['Environment'];
      /** @example 1.0.5 */
      version: string;
      description?: string | null;
      /** @default false */
      mandatory?: boolean;
      /** @default 100 */
      rolloutPercentage?: number;
    };
    ReleasePage: {
      items: components['schemas']['Release'][];
      nextCursor: string | null;
    };
    ReleaseCorrection: {
      /** @description null: none */
      description: string | null;
    };
    PromotionInput: {
      /** @description The next one by default */
      environment?: components['schemas']['Environment'];
      /** @default 100 */
      rolloutPercentage?: number;
    };
    RolloutInput: {
      rolloutPercentage: number;
    };
    /** @enum {string} */
    Provider: 'slack' | 'discord' | 'webhook' | 'email' | 'teams';
    ProviderTileField: {
      name: string;
      label: string;
      /** @enum {string} */
      type: 'url' | 'secret' | 'emails' | 'number';
      required: boolean;
      /** @description A part of `credentials`; otherwise a field of the integration itself */
      credential: boolean;
      /** @description A sentence for the person who fills it in */
      hint?: string;
      /** @description An example */
      placeholder?: string;
      /** @description The smallest number */
      min?: number;
      /** @description The largest number, or the most entries */
      max?: number;
      /** @description A secret that stays when it is left out of a change that leads to the same origin */
      kept?: boolean;
    };
    ProviderIconShape: {
      /** @description The `d` of an SVG path, on a drawing of 24 by 24 */
      path: string;
      /**
       * @description null: as fits the page
       * @example #5865f2
       */
      color: string | null;
      /** @description Of the line; null: the shape is filled */
      width: number | null;
    };
    ProviderTile: {
      id: components['schemas']['Provider'];
      name: string;
      /** @enum {string} */
      setup: 'oauth' | 'form';
      /** @enum {string} */
      status: 'available' | 'not_configured' | 'coming_soon';
      /** @description Settings that it would need */
      missing: string[];
      fields: components['schemas']['ProviderTileField'][];
      /** @description Messages are signed, with a secret that is shown once */
      signs: boolean;
      icon: components['schemas']['ProviderIconShape'][];
    };
    ProviderTiles: {
      items: components['schemas']['ProviderTile'][];
      nextCursor: string | null;
    };
    /** @enum {string} */
    EventType: 'release.created' | 'release.promoted' | 'release.rollout_changed';
    PreviewedIntegration: {
      /** Format: uuid */
      integrationId: string;
      name: string;
      provider: components['schemas']['Provider'];
      enabled: boolean;
      /** @description Masked */
      destination: string;
      /**
       * @description needs_reconnect: it is not notified before it is reconnected; null: not known right now
       * @enum {string|null}
       */
      health: 'unknown' | 'healthy' | 'failing' | 'needs_reconnect' | null;
    };
    RoutePreview: {
      items: components['schemas']['PreviewedIntegration'][];
    };
    IntegrationInput: {
      provider: components['schemas']['Provider'];
      /** @example QA team webhook */
      name: string;
      /**
       * Format: uuid
       * @description The project whose releases it receives; null: all projects
       */
      projectId: string | null;
      /** @description Empty: all */
      eventTypes?: components['schemas']['EventType'][];
      /** @description Empty: all */
      environments?: components['schemas']['Environment'][];
      /** @default true */
      enabled?: boolean;
      /**
       * @description Also notify it when another destination of its route stops working, and when that works again
       * @default false
       */
      alerts?: boolean;
      /** @description Webhook: attempts at once. Above 1 the order is given up. */
      concurrency?: number | null;
      /**
       * @description Who to ask about it. Shown to everybody of the organization, never sent. null: nobody is named
       * @example Mobile release team, mobile@example.com
       */
      owner?: string | null;
      /** @description What it is for and what to know of it, in several lines. Shown to everybody of the organization, never sent. null: none */
      note?: string | null;
      /**
       * @description As the provider’s tile says. Write-only.
       * @example {
       *       "url": "https://hooks.example.com/nitropush",
       *       "authorization": "Bearer …"
       *     }
       */
      credentials: {
        [key: string]: unknown;
      };
    };
    SameTarget: {
      /** Format: uuid */
      id: string;
      name: string;
      /**
       * Format: uuid
       * @description null: all projects
       */
      projectId: string | null;
      /** @description Empty: all */
      eventTypes: components['schemas']['EventType'][];
      /** @description Empty: all */
      environments: components['schemas']['Environment'][];
    };
    StatusFreshness: {
      /**
       * @description current: asked just now; earlier: the delivery service did not answer in time, and this is what was last known; unknown: nothing is known
       * @enum {string}
       */
      state: 'current' | 'earlier' | 'unknown';
      /**
       * Format: date-time
       * @description When the status was so; null: nothing is known
       */
      asOf: string | null;
      /**
       * Format: date-time
       * @description Since when the delivery service has not answered; null: it answers, perhaps late
       */
      unavailableSince: string | null;
    };
    OpenDeliveryCounts: {
      pending: number;
      retrying: number;
      dead: number;
      held: number;
    };
    /** @enum {string} */
    DeliveryStatus: 'pending' | 'retrying' | 'delivered' | 'dead' | 'held' | 'dropped';
    LastDelivery: {
      /** Format: uuid */
      id: string;
      status: components['schemas']['DeliveryStatus'];
      /** Format: date-time */
      at: string;
    };
    RecipientCounts: {
      total: number;
      /** @description Who has not confirmed yet, and gets no mails until then */
      unconfirmed: number;
      unsubscribed: number;
    };
    CreatedIntegration: {
      /** Format: uuid */
      id: string;
      provider: components['schemas']['Provider'];
      /** @example QA team webhook */
      name: string;
      /**
       * Format: uuid
       * @description null: all projects
       */
      projectId: string | null;
      /** @description Empty: all */
      eventTypes: components['schemas']['EventType'][];
      /** @description Empty: all */
      environments: components['schemas']['Environment'][];
      enabled: boolean;
      /** @description Also notified when another destination of its route stops working */
      alerts: boolean;
      /**
       * @description Masked
       * @example https://hooks.example.com/…
       */
      destination: string;
      /** @description Attempts at once; null: one, in order */
      concurrency: number | null;
      /** @description Who to ask about it; null: nobody is named */
      owner: string | null;
      /** @description What it is for and what to know of it; null: none */
      note: string | null;
      /**
       * @description Which optional secrets of its form are set; null: not known, because an earlier version saved them
       * @example [
       *       "authorization"
       *     ]
       */
      storedSecrets: string[] | null;
      /** @description Others that lead to the same channel, address or recipients */
      sameTarget: components['schemas']['SameTarget'][];
      statusFreshness: components['schemas']['StatusFreshness'];
      /**
       * @description unknown: not tried yet; null: not known right now
       * @enum {string|null}
       */
      health: 'unknown' | 'healthy' | 'failing' | 'needs_reconnect' | null;
      /** @description null: not known right now */
      counts: components['schemas']['OpenDeliveryCounts'] | null;
      /** @description null: nothing was ever sent; left out: not known right now */
      lastDelivery?: components['schemas']['LastDelivery'] | null;
      /** @description null: not an email integration; left out: not known right now */
      recipients?: components['schemas']['RecipientCounts'] | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      /**
       * @description Of a webhook; shown this once
       * @example whsec_…
       */
      signingSecret?: string;
    };
    Integration: {
      /** Format: uuid */
      id: string;
      provider: components['schemas']['Provider'];
      /** @example QA team webhook */
      name: string;
      /**
       * Format: uuid
       * @description null: all projects
       */
      projectId: string | null;
      /** @description Empty: all */
      eventTypes: components['schemas']['EventType'][];
      /** @description Empty: all */
      environments: components['schemas']['Environment'][];
      enabled: boolean;
      /** @description Also notified when another destination of its route stops working */
      alerts: boolean;
      /**
       * @description Masked
       * @example https://hooks.example.com/…
       */
      destination: string;
      /** @description Attempts at once; null: one, in order */
      concurrency: number | null;
      /** @description Who to ask about it; null: nobody is named */
      owner: string | null;
      /** @description What it is for and what to know of it; null: none */
      note: string | null;
      /**
       * @description Which optional secrets of its form are set; null: not known, because an earlier version saved them
       * @example [
       *       "authorization"
       *     ]
       */
      storedSecrets: string[] | null;
      /** @description Others that lead to the same channel, address or recipients */
      sameTarget: components['schemas']['SameTarget'][];
      statusFreshness: components['schemas']['StatusFreshness'];
      /**
       * @description unknown: not tried yet; null: not known right now
       * @enum {string|null}
       */
      health: 'unknown' | 'healthy' | 'failing' | 'needs_reconnect' | null;
      /** @description null: not known right now */
      counts: components['schemas']['OpenDeliveryCounts'] | null;
      /** @description null: nothing was ever sent; left out: not known right now */
      lastDelivery?: components['schemas']['LastDelivery'] | null;
      /** @description null: not an email integration; left out: not known right now */
      recipients?: components['schemas']['RecipientCounts'] | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    IntegrationPage: {
      items: components['schemas']['Integration'][];
      nextCursor: string | null;
    };
    TargetInput: {
      provider: components['schemas']['Provider'];
      /**
       * @description As the provider’s tile says. Write-only.
       * @example {
       *       "url": "https://hooks.example.com/nitropush",
       *       "authorization": "Bearer …"
       *     }
       */
      credentials: {
        [key: string]: unknown;
      };
      /**
       * Format: uuid
       * @description A saved one that is being edited: it is not among the others
       */
      integrationId?: string;
    };
    SameTargets: {
      items: components['schemas']['SameTarget'][];
    };
    IntegrationChange: {
      /** @example QA team webhook */
      name?: string;
      /**
       * Format: uuid
       * @description The project whose releases it receives; null: all projects
       */
      projectId?: string | null;
      /** @description Empty: all */
      eventTypes?: components['schemas']['EventType'][];
      /** @description Empty: all */
      environments?: components['schemas']['Environment'][];
      /** @default true */
      enabled?: boolean;
      /**
       * @description Also notify it when another destination of its route stops working, and when that works again
       * @default false
       */
      alerts?: boolean;
      /** @description Webhook: attempts at once. Above 1 the order is given up. */
      concurrency?: number | null;
      /**
       * @description Who to ask about it. Shown to everybody of the organization, never sent. null: nobody is named
       * @example Mobile release team, mobile@example.com
       */
      owner?: string | null;
      /** @description What it is for and what to know of it, in several lines. Shown to everybody of the organization, never sent. null: none */
      note?: string | null;
      /**
       * @description As the provider’s tile says. Write-only.
       * @example {
       *       "url": "https://hooks.example.com/nitropush",
       *       "authorization": "Bearer …"
       *     }
       */
      credentials?: {
        [key: string]: unknown;
      };
    };
    SigningSecret: {
      /**
       * @description Shown this once. The one before it signs along for 24 hours.
       * @example whsec_…
       */
      signingSecret: string;
    };
    SampleChoice: {
      /**
       * Format: uuid
       * @description The project that it tells of; null or left out: the newest
       */
      projectId?: string | null;
      eventType?: components['schemas']['EventType'];
      environment?: components['schemas']['Environment'];
    };
    RequestedTest: {
      /**
       * Format: uuid
       * @description Shows in Recent deliveries
       */
      deliveryId: string;
    };
    UnsavedTestInput: {
      provider: components['schemas']['Provider'];
      /**
       * @description As the provider’s tile says. Write-only.
       * @example {
       *       "url": "https://hooks.example.com/nitropush",
       *       "authorization": "Bearer …"
       *     }
       */
      credentials: {
        [key: string]: unknown;
      };
      /**
       * Format: uuid
       * @description The project that it tells of; null or left out: the newest
       */
      projectId?: string | null;
      eventType?: components['schemas']['EventType'];
      environment?: components['schemas']['Environment'];
      /**
       * Format: uuid
       * @description A saved one that is being edited: what is left out of its credentials stays
       */
      integrationId?: string;
    };
    UnsavedTestResult: {
      /** @enum {string} */
      outcome: 'delivered' | 'failed';
      statusCode: number | null;
      /** @enum {string|null} */
      errorCode:
        | 'connection_refused'
        | 'connection_reset'
        | 'dns_failed'
        | 'tls_failed'
        | 'timeout'
        | 'address_forbidden'
        | 'redirected'
        | 'response_too_large'
        | 'rate_limited'
        | 'client_error'
        | 'server_error'
        | 'credentials_revoked'
        | 'destination_missing'
        | 'message_rejected'
        | 'needs_reconnect'
        | 'malformed_response'
        | null;
      /** @description A sentence for a person */
      error: string | null;
      /** @description The first 4 KB, secrets masked */
      responseBody: string | null;
      durationMs: number;
    };
    /**
     * @description Left out: a message of each. An alert is about a sample destination
     * @enum {string}
     */
    DeliveredType:
      | 'release.created'
      | 'release.promoted'
      | 'release.rollout_changed'
      | 'destination.disconnected'
      | 'destination.failing'
      | 'destination.recovered';
    PreviewInput: {
      provider: components['schemas']['Provider'];
      /**
       * Format: uuid
       * @description The project that it tells of; null or left out: the newest
       */
      projectId?: string | null;
      environment?: components['schemas']['Environment'];
      /** @description Left out: a message of each. An alert is about a sample destination */
      eventType?: components['schemas']['DeliveredType'];
      version?: string;
      description?: string | null;
      mandatory?: boolean;
      rolloutPercentage?: number;
      /** @description Of a promotion */
      previousEnvironment?: components['schemas']['Environment'];
      /** @description Of a changed rollout */
      previousRolloutPercentage?: number;
    };
    MessagePreview: {
      eventType: components['schemas']['DeliveredType'];
      /** @enum {string} */
      method: 'POST' | 'MAIL';
      /** @description Secrets masked */
      headers: {
        [key: string]: string;
      };
      /** @description As it is posted; the text of a mail */
      body: string;
    };
    MessagePreviews: {
      items: components['schemas']['MessagePreview'][];
    };
    ConnectionInput: {
      /** @description Empty: all */
      eventTypes?: components['schemas']['EventType'][];
      /** @description Empty: all */
      environments?: components['schemas']['Environment'][];
      /**
       * @description Also notify it when another destination of its route stops working, and when that works again
       * @default false
       */
      alerts?: boolean;
      /**
       * @description Who to ask about it. Shown to everybody of the organization, never sent. null: nobody is named
       * @example Mobile release team, mobile@example.com
       */
      owner?: string | null;
      /** @description What it is for and what to know of it, in several lines. Shown to everybody of the organization, never sent. null: none */
      note?: string | null;
      /**
       * Format: uuid
       * @description The project whose releases it receives; null: all projects
       */
      projectId: string | null;
      /** @description Left out: the channel’s name */
      name?: string;
      /**
       * Format: uuid
       * @description Reconnects this one: its dead letters are then delivered
       */
      integrationId?: string;
    };
    BegunConnection: {
      /**
       * Format: uri
       * @description Where to send the browser, within ten minutes
       */
      authorizeUrl: string;
    };
    ActivityActor: {
      id: string;
      name: string;
    };
    ActivitySubject: {
      /** @description `integration`, `project` or `release`; others may come */
      kind: string;
      id: string;
      /** @description As it was called then */
      name: string;
    };
    ActivityChange: {
      field: string;
      /** @description As text; null: nothing, or all */
      before: string | null;
      /** @description As text; null: nothing, or all */
      after: string | null;
    };
    ActivityEntry: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      at: string;
      actor: components['schemas']['ActivityActor'];
      /** @description For example `integration.changed` */
      action: string;
      subject: components['schemas']['ActivitySubject'];
      /**
       * Format: uuid
       * @description null: of no project, or of all
       */
      projectId: string | null;
      changes: components['schemas']['ActivityChange'][];
    };
    ActivityPage: {
      items: components['schemas']['ActivityEntry'][];
      nextCursor: string | null;
    };
    DeliveryTotals: {
      pending: number;
      retrying: number;
      delivered: number;
      dead: number;
      held: number;
      dropped: number;
    };
    LatencyPercentiles: {
      /** @description 0 where there was no attempt */
      p50: number;
      /** @description 0 where there was no attempt */
      p95: number;
      /** @description 0 where there was no attempt */
      p99: number;
    };
    SummaryBucket: {
      /**
       * Format: date-time
       * @description When it begins; it ends where the next begins
       */
      at: string;
      delivered: number;
      /** @description Attempts that failed */
      failed: number;
      /** @description 0 where there was no attempt */
      p95Ms: number;
    };
    /** @enum {string} */
    Health: 'unknown' | 'healthy' | 'failing' | 'needs_reconnect';
    IntegrationSummary: {
      /** Format: uuid */
      integrationId: string;
      health: components['schemas']['Health'];
      delivered: number;
      /** @description Attempts that failed */
      failed: number;
      pending: number;
      retrying: number;
      dead: number;
      held: number;
      /** @description 0 where there was no attempt */
      p95Ms: number;
    };
    DeliverySummary: {
      /**
       * Format: date-time
       * @description When the first bucket begins: what was asked for, rounded down
       */
      since: string;
      /** Format: date-time */
      until: string;
      totals: components['schemas']['DeliveryTotals'];
      latencyMs: components['schemas']['LatencyPercentiles'];
      /** @description 120 at most, none left out */
      buckets: components['schemas']['SummaryBucket'][];
      integrations: components['schemas']['IntegrationSummary'][];
    };
    /** @enum {string} */
    DeliveryDeliveredType:
      | 'release.created'
      | 'release.promoted'
      | 'release.rollout_changed'
      | 'destination.disconnected'
      | 'destination.failing'
      | 'destination.recovered';
    AlertSubject: {
      /** Format: uuid */
      id: string;
      /** @description As it was called then */
      name: string;
    };
    Delivery: {
      /** Format: uuid */
      id: string;
      eventId: string;
      eventType: components['schemas']['DeliveryDeliveredType'];
      test: boolean;
      /** Format: uuid */
      integrationId: string;
      /**
       * Format: uuid
       * @description null: an alert about a destination of all projects
       */
      projectId: string | null;
      /** @description null: an alert */
      projectName: string | null;
      /**
       * Format: uuid
       * @description null: an alert
       */
      releaseId: string | null;
      /** @description null: an alert */
      version: string | null;
      /**
       * @description null: an alert
       * @enum {string|null}
       */
      environment: 'test' | 'stage' | 'prod' | null;
      status: components['schemas']['DeliveryStatus'];
      /** @description A redelivery starts the next */
      round: number;
      /** @description Of all rounds */
      attemptCount: number;
      /**
       * Format: date-time
       * @description When the event happened; when we received it, where its own time is more than a day ago or in the future
       */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      /** Format: date-time */
      nextAttemptAt: string | null;
      lastStatusCode: number | null;
      /** @enum {string|null} */
      lastErrorCode:
        | 'connection_refused'
        | 'connection_reset'
        | 'dns_failed'
        | 'tls_failed'
        | 'timeout'
        | 'address_forbidden'
        | 'redirected'
        | 'response_too_large'
        | 'rate_limited'
        | 'client_error'
        | 'server_error'
        | 'credentials_revoked'
        | 'destination_missing'
        | 'message_rejected'
        | 'needs_reconnect'
        | 'malformed_response'
        | null;
      /** @description A sentence for a person */
      lastError: string | null;
      /** @description null: not an alert */
      subject: components['schemas']['AlertSubject'] | null;
    };
    Attempt: {
      /** @description In its round, from 1 */
      number: number;
      round: number;
      /** Format: date-time */
      startedAt: string;
      durationMs: number;
      /** @enum {string} */
      outcome: 'delivered' | 'failed';
      statusCode: number | null;
      /** @enum {string|null} */
      errorCode:
        | 'connection_refused'
        | 'connection_reset'
        | 'dns_failed'
        | 'tls_failed'
        | 'timeout'
        | 'address_forbidden'
        | 'redirected'
        | 'response_too_large'
        | 'rate_limited'
        | 'client_error'
        | 'server_error'
        | 'credentials_revoked'
        | 'destination_missing'
        | 'message_rejected'
        | 'needs_reconnect'
        | 'malformed_response'
        | null;
      /** @description A sentence for a person */
      error: string | null;
      /** @description The first 4 KB */
      responseBody: string | null;
      /** @description Of a failure; names in lower case, what is secret masked. null where nothing answered, and for email */
      responseHeaders: {
        [key: string]: string;
      } | null;
    };
    AttemptEvent: {
      /** @description As it is when the event is sent */
      delivery: components['schemas']['Delivery'];
      attempt: components['schemas']['Attempt'];
    };
    Attention: {
      /** @description Destinations that need somebody */
      count: number;
      /** @description All destinations of the organization */
      of: number;
      /**
       * Format: date-time
       * @description Since when no release gets through, to any destination, because the brokers do not answer; else null
       */
      stalledSince: string | null;
    };
    DeliveryPage: {
      items: components['schemas']['Delivery'][];
      /** @description null on the last page. A page before it may hold less than the limit, where few match */
      nextCursor: string | null;
    };
    DeliveryCount: {
      count: number;
      /** @description There are more than were counted */
      more: boolean;
    };
    EventBodyProject: {
      /** Format: uuid */
      id: string;
      name: string;
    };
    EventBodyRelease: {
      /** Format: uuid */
      id: string;
      version: string;
      environment: components['schemas']['Environment'];
      mandatory: boolean;
      description: string | null;
      rolloutPercentage: number;
      /** @description Grows with every change: drop what is older */
      revision: number;
    };
    EventBodyPrevious: {
      /** @enum {string|null} */
      environment: 'test' | 'stage' | 'prod' | null;
      rolloutPercentage: number | null;
    };
    EventBodyActor: {
      id: string;
      name: string;
    };
    EventBodyData: {
      eventId: string;
      organizationId: string;
      project: components['schemas']['EventBodyProject'];
      release: components['schemas']['EventBodyRelease'];
      previous: components['schemas']['EventBodyPrevious'] | null;
      actor: components['schemas']['EventBodyActor'];
      /**
       * Format: uri
       * @description Left out where a publisher gave no web address
       */
      url?: string;
    };
    AlertBodyDestination: {
      /** Format: uuid */
      id: string;
      name: string;
      provider: string;
      /** @description Masked */
      target: string;
      /**
       * Format: uuid
       * @description null: all projects
       */
      projectId: string | null;
    };
    AlertBodyData: {
      eventId: string;
      organizationId: string;
      destination: components['schemas']['AlertBodyDestination'];
      /** @description Grows with every alert about the destination: drop what is older */
      change: number;
      /**
       * Format: date-time
       * @description When it last began to fail
       */
      since: string;
      /** @description A sentence for a person; null once it has recovered */
      reason: string | null;
      /** Format: uri */
      url: string;
    };
    EventBody: {
      type: components['schemas']['DeliveryDeliveredType'];
      /** Format: date-time */
      timestamp: string;
      test: boolean;
      data: components['schemas']['EventBodyData'] | components['schemas']['AlertBodyData'];
    };
    SentRequestView: {
      /** @enum {string} */
      method: 'POST' | 'MAIL';
      /** @description Masked */
      destination: string;
      headers: {
        [key: string]: string;
      };
      body: string;
    };
    DeliveryOne: {
      /** Format: uuid */
      id: string;
      eventId: string;
      eventType: components['schemas']['DeliveryDeliveredType'];
      test: boolean;
      /** Format: uuid */
      integrationId: string;
      /**
       * Format: uuid
       * @description null: an alert about a destination of all projects
       */
      projectId: string | null;
      /** @description null: an alert */
      projectName: string | null;
      /**
       * Format: uuid
       * @description null: an alert
       */
      releaseId: string | null;
      /** @description null: an alert */
      version: string | null;
      /**
       * @description null: an alert
       * @enum {string|null}
       */
      environment: 'test' | 'stage' | 'prod' | null;
      status: components['schemas']['DeliveryStatus'];
      /** @description A redelivery starts the next */
      round: number;
      /** @description Of all rounds */
      attemptCount: number;
      /**
       * Format: date-time
       * @description When the event happened; when we received it, where its own time is more than a day ago or in the future
       */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      /** Format: date-time */
      nextAttemptAt: string | null;
      lastStatusCode: number | null;
      /** @enum {string|null} */
      lastErrorCode:
        | 'connection_refused'
        | 'connection_reset'
        | 'dns_failed'
        | 'tls_failed'
        | 'timeout'
        | 'address_forbidden'
        | 'redirected'
        | 'response_too_large'
        | 'rate_limited'
        | 'client_error'
        | 'server_error'
        | 'credentials_revoked'
        | 'destination_missing'
        | 'message_rejected'
        | 'needs_reconnect'
        | 'malformed_response'
        | null;
      /** @description A sentence for a person */
      lastError: string | null;
      /** @description null: not an alert */
      subject: components['schemas']['AlertSubject'] | null;
      /** @description The body that a webhook gets */
      event: components['schemas']['EventBody'];
      /** @description Oldest first */
      attempts: components['schemas']['Attempt'][];
      /** @description null where the integration was deleted */
      request: components['schemas']['SentRequestView'] | null;
    };
    DeliverySelection: {
      /** Format: uuid */
      integrationId: string;
      /** @description Only these; all that match where it is left out */
      ids?: string[];
      statuses: components['schemas']['DeliveryStatus'][];
      /**
       * Format: date-time
       * @description Events at this time or later
       */
      since?: string;
      /**
       * Format: date-time
       * @description Events before this time
       */
      until?: string;
    };
    AcceptedDeliveries: {
      count: number;
    };
    DeliveriesOfOne: {
      /** Format: uuid */
      integrationId: string;
      /** @description Only these; all that match where it is left out */
      ids?: string[];
    };
    /**
     * @description Only who is active gets mails; who is unconfirmed has been asked, or is about to be
     * @enum {string}
     */
    RecipientState: 'active' | 'unconfirmed' | 'unsubscribed';
    Recipient: {
      /**
       * @description Masked for who may not change integrations: `a…@example.com`
       * @example ada@example.com
       */
      address: string;
      /** @description Only who is active gets mails; who is unconfirmed has been asked, or is about to be */
      state: components['schemas']['RecipientState'];
      /**
       * Format: date-time
       * @description When a confirmation was asked for last
       */
      askedAt: string | null;
    };
    RecipientList: {
      items: components['schemas']['Recipient'][];
    };
    AskedRecipients: {
      /** @description How many are sent the mail now */
      count: number;
      /** @description How many were asked less than an hour ago, and are not asked again */
      tooSoon: number;
    };
    DevTokenRequest: {
      /**
       * @default owner
       * @enum {string}
       */
      role?: 'owner' | 'admin' | 'developer' | 'viewer';
      /**
       * Format: uuid
       * @description One that is new is fine.
       * @default 0190a000-0000-7000-8000-000000000001
       */
      organizationId?: string;
    };
    DevToken: {
      /** @description Send it as `Authorization: Bearer …`; good for 12 hours. */
      token: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listProjects: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectPage'];
        };
      };
      /** @description The limit, the cursor or a filter is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createProject: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProjectInput'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Project'];
        };
      };
      /** @description A field is missing, malformed or unknown */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role may only read */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The organization has as many projects as there may be */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is larger than 256 KB */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key belongs to another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getProject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Project'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  renameProject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProjectInput'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Project'];
        };
      };
      /** @description A field is missing, malformed or unknown */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role may only read */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is larger than 256 KB */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listCurrentReleases: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentReleasesPage'];
        };
      };
      /** @description The limit, the cursor or a filter is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listReleases: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
        environment?: components['schemas']['Environment'];
      };
      header?: never;
      path: {
        projectId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleasePage'];
        };
      };
      /** @description The limit, the cursor or a filter is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createRelease: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path: {
        projectId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReleaseInput'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Release'];
        };
      };
      /** @description A field is missing, malformed or unknown */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role may only read */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The version is already in that environment */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is larger than 256 KB */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key belongs to another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getRelease: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Release'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  correctRelease: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReleaseCorrection'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Release'];
        };
      };
      /** @description A field is missing, malformed or unknown */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role may only read */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is larger than 256 KB */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  promoteRelease: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PromotionInput'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Release'];
        };
      };
      /** @description A field is missing, malformed or unknown */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role may only read */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The version is already in that environment */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is larger than 256 KB */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The environment is not higher, or there is none above; or: The Idempotency-Key belongs to another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RolloutInput'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Release'];
        };
      };
      /** @description A field is missing, malformed or unknown */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The token is missing, expired or not ours */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role may only read */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is larger than 256 KB */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listProviders: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProviderTiles'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  previewRoute: {
    parameters: {
      query: {
        projectId: string;
        environment: components['schemas']['Environment'];
        eventType: components['schemas']['EventType'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoutePreview'];
        };
      };
      /** @description A parameter is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listIntegrations: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntegrationPage'];
        };
      };
      /** @description The limit or the cursor is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createIntegration: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IntegrationInput'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedIntegration'];
        };
      };
      /** @description A field is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The organization, or this target, has as many integrations as there may be */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The provider cannot be set up so, the URL may not be called, the project is not there, or the key belongs to another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Whether the project is there cannot be told right now */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  findSameTarget: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TargetInput'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SameTargets'];
        };
      };
      /** @description A field is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The integration is unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getIntegration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Integration'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteIntegration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeIntegration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['IntegrationChange'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Integration'];
        };
      };
      /** @description A field is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The new target has as many integrations as there may be */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The URL may not be called, or the project is not there */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Whether the project is there cannot be told right now */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateSigningSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SigningSecret'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Only webhooks are signed */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testIntegration: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SampleChoice'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestedTest'];
        };
      };
      /** @description A field is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The project is not there */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The organization sent too many tests in a minute */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Kafka cannot be reached; nothing was sent */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testUnsaved: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UnsavedTestInput'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UnsavedTestResult'];
        };
      };
      /** @description A field is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The integration is unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The provider is not set up by a form, the URL may not be called, or the project is not there */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The organization sent too many tests in a minute */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The delivery service does not answer */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  previewMessages: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PreviewInput'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessagePreviews'];
        };
      };
      /** @description A field is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The provider or the project is not there */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The delivery service does not answer */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  beginConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: components['schemas']['Provider'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectionInput'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BegunConnection'];
        };
      };
      /** @description A field is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No such provider, or no such integration */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The provider is not connected that way or not set up here, or the project is not there */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Whether the project is there cannot be told right now */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  comeBack: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: components['schemas']['Provider'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To the console */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listActivity: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description Only what was done to this integration, project or release */
        subjectId?: string;
        /** @description Only what concerns this project alone */
        projectId?: string;
        /** @description Only what this person did */
        actorId?: string;
        /** @description For example `integration.changed` */
        action?: string;
        /** @description What was done at this time or later */
        since?: string;
        /** @description What was done before this time */
        until?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityPage'];
        };
      };
      /** @description A filter, the limit or the cursor is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listReleaseHistory: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityPage'];
        };
      };
      /** @description The limit or the cursor is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The id is malformed */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getDeliverySummary: {
    parameters: {
      query?: {
        /** @description 24 hours ago where it is left out; 90 days ago at most */
        since?: string;
        /** @description Only the figures of this one */
        integrationId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliverySummary'];
        };
      };
      /** @description `since` or the id is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `since` is to come, or more than 90 days ago */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  streamAttempts: {
    parameters: {
      query?: {
        /** @description Like the header Last-Event-ID, for clients that cannot set it */
        lastEventId?: string;
      };
      header?: {
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': components['schemas']['AttemptEvent'];
        };
      };
      /** @description The id is not one of this stream */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The organization, or the user, has its most streams open */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  countAttention: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Attention'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  exportDeliveries: {
    parameters: {
      query?: {
        /** @description What the version begins with */
        version?: string;
        environment?: components['schemas']['Environment'];
        /** @description false leaves tests out, true shows nothing else */
        test?: boolean;
        integrationId?: string;
        projectId?: string;
        status?: components['schemas']['DeliveryStatus'];
        eventType?: components['schemas']['DeliveryDeliveredType'];
        /** @description Events at this time or later */
        since?: string;
        /** @description Events before this time */
        until?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description A filter is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user, or the organization, has its most exports running */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description What the version begins with */
        version?: string;
        environment?: components['schemas']['Environment'];
        /** @description false leaves tests out, true shows nothing else */
        test?: boolean;
        integrationId?: string;
        projectId?: string;
        status?: components['schemas']['DeliveryStatus'];
        eventType?: components['schemas']['DeliveryDeliveredType'];
        /** @description Events at this time or later */
        since?: string;
        /** @description Events before this time */
        until?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryPage'];
        };
      };
      /** @description A filter or the cursor is malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  countDeliveries: {
    parameters: {
      query: {
        integrationId: string;
        status: components['schemas']['DeliveryStatus'];
        /** @description Events at this time or later */
        since?: string;
        /** @description Events before this time */
        until?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryCount'];
        };
      };
      /** @description A filter is missing or malformed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryOne'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  redeliverMany: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeliverySelection'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedDeliveries'];
        };
      };
      /** @description pending or retrying are among the statuses, or the destination is disconnected */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The integration does not exist */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  discardDeliveries: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeliverySelection'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedDeliveries'];
        };
      };
      /** @description pending or retrying are among the statuses */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The integration does not exist, or a status cannot be changed so */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retryDeliveriesNow: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeliveriesOfOne'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedDeliveries'];
        };
      };
      /** @description The destination is disabled or disconnected */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The integration does not exist */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  redeliverOne: {
    parameters: {
      query?: never;
      header?: {
        /** @description Sent again with the same key, the same request is answered as before and not carried out again. Kept for 24 hours. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedDeliveries'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It is pending or retrying, or its destination is disconnected */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Its integration no longer exists */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRecipients: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientList'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The integration is not one of email */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  askRecipients: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AskedRecipients'];
        };
      };
      /** @description Unknown, or another organization’s */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The integration is not one of email */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  devToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['DevTokenRequest'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DevToken'];
        };
      };
      /** @description Refused, or failed */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  receiveReleaseCreated: {
    parameters: {
      query?: never;
      header: {
        /** @description Names the delivery: the same on every attempt, so that a receiver can drop what comes twice */
        'webhook-id': string;
        /** @description Seconds since 1970 at this attempt */
        'webhook-timestamp': string;
        /** @description One or two of `v1,<base64>`: HMAC-SHA256 with the signing secret over `<webhook-id>.<webhook-timestamp>.<body>` */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description The type of the event
           * @constant
           */
          type: 'release.created';
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          /** @description Sent by hand: nothing happened */
          test: boolean;
          /** @description The event */
          data: {
            /** @description The same for every destination and every attempt */
            eventId: string;
            /** @description The organization that it belongs to */
            organizationId: string;
            /** @description The project of the release */
            project: {
              /**
               * Format: uuid
               * @description Stays when the project is renamed
               */
              id: string;
              /** @description As it was called when it happened */
              name: string;
            };
            /** @description The release as it is after the change */
            release: {
              /**
               * Format: uuid
               * @description The release in its environment: a promotion makes a new one
               */
              id: string;
              /** @description The version that the release was given */
              version: string;
              /**
               * @description Where it is now
               * @enum {string}
               */
              environment: 'test' | 'stage' | 'prod';
              /** @description Every device has to take it before the app goes on */
              mandatory: boolean;
              /** @description What is new, as it was typed; null where nothing was. A test begins with [TEST] */
              description: null | string;
              /** @description The share of devices that it is offered to, in percent */
              rolloutPercentage: number;
              /** @description Grows with every change of the release, also over a promotion: drop what is older */
              revision: number;
            };
            /** @description How it was before; null for release.created */
            previous: null | {
              /** @description The environment it was promoted from; null where that did not change */
              environment: null | ('test' | 'stage' | 'prod');
              /** @description The rollout before, in percent; null where that did not change */
              rolloutPercentage: null | number;
            };
            /** @description The person who did it */
            actor: {
              /** @description Who did it, as the identity provider names them */
              id: string;
              /** @description Their name, for people */
              name: string;
            };
            /**
             * Format: uri
             * @description Link to the release in the web console
             */
            url?: string;
          };
        };
      };
    };
    responses: {
      /** @description Accepted */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  receiveReleasePromoted: {
    parameters: {
      query?: never;
      header: {
        /** @description Names the delivery: the same on every attempt, so that a receiver can drop what comes twice */
        'webhook-id': string;
        /** @description Seconds since 1970 at this attempt */
        'webhook-timestamp': string;
        /** @description One or two of `v1,<base64>`: HMAC-SHA256 with the signing secret over `<webhook-id>.<webhook-timestamp>.<body>` */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description The type of the event
           * @constant
           */
          type: 'release.promoted';
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          /** @description Sent by hand: nothing happened */
          test: boolean;
          /** @description The event */
          data: {
            /** @description The same for every destination and every attempt */
            eventId: string;
            /** @description The organization that it belongs to */
            organizationId: string;
            /** @description The project of the release */
            project: {
              /**
               * Format: uuid
               * @description Stays when the project is renamed
               */
              id: string;
              /** @description As it was called when it happened */
              name: string;
            };
            /** @description The release as it is after the change */
            release: {
              /**
               * Format: uuid
               * @description The release in its environment: a promotion makes a new one
               */
              id: string;
              /** @description The version that the release was given */
              version: string;
              /**
               * @description Where it is now
               * @enum {string}
               */
              environment: 'test' | 'stage' | 'prod';
              /** @description Every device has to take it before the app goes on */
              mandatory: boolean;
              /** @description What is new, as it was typed; null where nothing was. A test begins with [TEST] */
              description: null | string;
              /** @description The share of devices that it is offered to, in percent */
              rolloutPercentage: number;
              /** @description Grows with every change of the release, also over a promotion: drop what is older */
              revision: number;
            };
            /** @description How it was before; null for release.created */
            previous: null | {
              /** @description The environment it was promoted from; null where that did not change */
              environment: null | ('test' | 'stage' | 'prod');
              /** @description The rollout before, in percent; null where that did not change */
              rolloutPercentage: null | number;
            };
            /** @description The person who did it */
            actor: {
              /** @description Who did it, as the identity provider names them */
              id: string;
              /** @description Their name, for people */
              name: string;
            };
            /**
             * Format: uri
             * @description Link to the release in the web console
             */
            url?: string;
          };
        };
      };
    };
    responses: {
      /** @description Accepted */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  receiveReleaseRolloutChanged: {
    parameters: {
      query?: never;
      header: {
        /** @description Names the delivery: the same on every attempt, so that a receiver can drop what comes twice */
        'webhook-id': string;
        /** @description Seconds since 1970 at this attempt */
        'webhook-timestamp': string;
        /** @description One or two of `v1,<base64>`: HMAC-SHA256 with the signing secret over `<webhook-id>.<webhook-timestamp>.<body>` */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description The type of the event
           * @constant
           */
          type: 'release.rollout_changed';
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          /** @description Sent by hand: nothing happened */
          test: boolean;
          /** @description The event */
          data: {
            /** @description The same for every destination and every attempt */
            eventId: string;
            /** @description The organization that it belongs to */
            organizationId: string;
            /** @description The project of the release */
            project: {
              /**
               * Format: uuid
               * @description Stays when the project is renamed
               */
              id: string;
              /** @description As it was called when it happened */
              name: string;
            };
            /** @description The release as it is after the change */
            release: {
              /**
               * Format: uuid
               * @description The release in its environment: a promotion makes a new one
               */
              id: string;
              /** @description The version that the release was given */
              version: string;
              /**
               * @description Where it is now
               * @enum {string}
               */
              environment: 'test' | 'stage' | 'prod';
              /** @description Every device has to take it before the app goes on */
              mandatory: boolean;
              /** @description What is new, as it was typed; null where nothing was. A test begins with [TEST] */
              description: null | string;
              /** @description The share of devices that it is offered to, in percent */
              rolloutPercentage: number;
              /** @description Grows with every change of the release, also over a promotion: drop what is older */
              revision: number;
            };
            /** @description How it was before; null for release.created */
            previous: null | {
              /** @description The environment it was promoted from; null where that did not change */
              environment: null | ('test' | 'stage' | 'prod');
              /** @description The rollout before, in percent; null where that did not change */
              rolloutPercentage: null | number;
            };
            /** @description The person who did it */
            actor: {
              /** @description Who did it, as the identity provider names them */
              id: string;
              /** @description Their name, for people */
              name: string;
            };
            /**
             * Format: uri
             * @description Link to the release in the web console
             */
            url?: string;
          };
        };
      };
    };
    responses: {
      /** @description Accepted */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  receiveDestinationDisconnected: {
    parameters: {
      query?: never;
      header: {
        /** @description Names the delivery: the same on every attempt, so that a receiver can drop what comes twice */
        'webhook-id': string;
        /** @description Seconds since 1970 at this attempt */
        'webhook-timestamp': string;
        /** @description One or two of `v1,<base64>`: HMAC-SHA256 with the signing secret over `<webhook-id>.<webhook-timestamp>.<body>` */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "destination.disconnected",
         *       "timestamp": "2026-11-27T05:17:00.000Z",
         *       "test": false,
         *       "data": {
         *         "eventId": "0193a5c0-0000-7000-8000-000000000004",
         *         "organizationId": "0193a5c0-0000-7000-8000-000000000003",
         *         "destination": {
         *           "id": "0193a5c0-0000-7000-8000-000000000001",
         *           "name": "#releases",
         *           "provider": "slack",
         *           "target": "Acme · #releases",
         *           "projectId": null
         *         },
         *         "change": 1,
         *         "since": "2026-11-27T05:02:00.000Z",
         *         "reason": "Slack says that this channel is archived. Unarchive it, or reconnect to another channel.",
         *         "url": "https://admin.example.com/integrations/0193a5c0-0000-7000-8000-000000000001"
         *       }
         *     }
         */
        'application/json': {
          /**
           * @description The type of the event
           * @constant
           */
          type: 'destination.disconnected';
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          /** @description Sent by hand: nothing happened */
          test: boolean;
          /** @description The event */
          data: {
            /** @description The same for every destination and every attempt */
            eventId: string;
            /** @description The organization that it belongs to */
            organizationId: string;
            /** @description The destination that it is about */
            destination: {
              /**
               * Format: uuid
               * @description Of the integration, as in the API
               */
              id: string;
              /** @description As it is called in the web console */
              name: string;
              /** @description Its kind, for instance slack or webhook */
              provider: string;
              /** @description Where it leads to; secrets are masked */
              target: string;
              /** @description The project whose releases it receives; null: all projects of the organization */
              projectId: null | string;
            };
            /** @description Grows with every alert about the destination: drop what is older */
            change: number;
            /**
             * Format: date-time
             * @description When it last began to fail
             */
            since: string;
            /** @description The latest error, in a sentence for a person; null once it has recovered, or where nobody knows */
            reason: null | string;
            /**
             * Format: uri
             * @description Link to the destination in the web console
             */
            url: string;
          };
        };
      };
    };
    responses: {
      /** @description Accepted */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  receiveDestinationFailing: {
    parameters: {
      query?: never;
      header: {
        /** @description Names the delivery: the same on every attempt, so that a receiver can drop what comes twice */
        'webhook-id': string;
        /** @description Seconds since 1970 at this attempt */
        'webhook-timestamp': string;
        /** @description One or two of `v1,<base64>`: HMAC-SHA256 with the signing secret over `<webhook-id>.<webhook-timestamp>.<body>` */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "destination.failing",
         *       "timestamp": "2026-11-27T05:17:00.000Z",
         *       "test": false,
         *       "data": {
         *         "eventId": "0193a5c0-0000-7000-8000-000000000004",
         *         "organizationId": "0193a5c0-0000-7000-8000-000000000003",
         *         "destination": {
         *           "id": "0193a5c0-0000-7000-8000-000000000001",
         *           "name": "#releases",
         *           "provider": "slack",
         *           "target": "Acme · #releases",
         *           "projectId": null
         *         },
         *         "change": 1,
         *         "since": "2026-11-27T05:02:00.000Z",
         *         "reason": "Slack failed (503). Look into its log at the time of the attempt.",
         *         "url": "https://admin.example.com/integrations/0193a5c0-0000-7000-8000-000000000001"
         *       }
         *     }
         */
        'application/json': {
          /**
           * @description The type of the event
           * @constant
           */
          type: 'destination.failing';
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          /** @description Sent by hand: nothing happened */
          test: boolean;
          /** @description The event */
          data: {
            /** @description The same for every destination and every attempt */
            eventId: string;
            /** @description The organization that it belongs to */
            organizationId: string;
            /** @description The destination that it is about */
            destination: {
              /**
               * Format: uuid
               * @description Of the integration, as in the API
               */
              id: string;
              /** @description As it is called in the web console */
              name: string;
              /** @description Its kind, for instance slack or webhook */
              provider: string;
              /** @description Where it leads to; secrets are masked */
              target: string;
              /** @description The project whose releases it receives; null: all projects of the organization */
              projectId: null | string;
            };
            /** @description Grows with every alert about the destination: drop what is older */
            change: number;
            /**
             * Format: date-time
             * @description When it last began to fail
             */
            since: string;
            /** @description The latest error, in a sentence for a person; null once it has recovered, or where nobody knows */
            reason: null | string;
            /**
             * Format: uri
             * @description Link to the destination in the web console
             */
            url: string;
          };
        };
      };
    };
    responses: {
      /** @description Accepted */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  receiveDestinationRecovered: {
    parameters: {
      query?: never;
      header: {
        /** @description Names the delivery: the same on every attempt, so that a receiver can drop what comes twice */
        'webhook-id': string;
        /** @description Seconds since 1970 at this attempt */
        'webhook-timestamp': string;
        /** @description One or two of `v1,<base64>`: HMAC-SHA256 with the signing secret over `<webhook-id>.<webhook-timestamp>.<body>` */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "destination.recovered",
         *       "timestamp": "2026-11-27T05:17:00.000Z",
         *       "test": false,
         *       "data": {
         *         "eventId": "0193a5c0-0000-7000-8000-000000000004",
         *         "organizationId": "0193a5c0-0000-7000-8000-000000000003",
         *         "destination": {
         *           "id": "0193a5c0-0000-7000-8000-000000000001",
         *           "name": "#releases",
         *           "provider": "slack",
         *           "target": "Acme · #releases",
         *           "projectId": null
         *         },
         *         "change": 1,
         *         "since": "2026-11-27T05:02:00.000Z",
         *         "reason": null,
         *         "url": "https://admin.example.com/integrations/0193a5c0-0000-7000-8000-000000000001"
         *       }
         *     }
         */
        'application/json': {
          /**
           * @description The type of the event
           * @constant
           */
          type: 'destination.recovered';
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          /** @description Sent by hand: nothing happened */
          test: boolean;
          /** @description The event */
          data: {
            /** @description The same for every destination and every attempt */
            eventId: string;
            /** @description The organization that it belongs to */
            organizationId: string;
            /** @description The destination that it is about */
            destination: {
              /**
               * Format: uuid
               * @description Of the integration, as in the API
               */
              id: string;
              /** @description As it is called in the web console */
              name: string;
              /** @description Its kind, for instance slack or webhook */
              provider: string;
              /** @description Where it leads to; secrets are masked */
              target: string;
              /** @description The project whose releases it receives; null: all projects of the organization */
              projectId: null | string;
            };
            /** @description Grows with every alert about the destination: drop what is older */
            change: number;
            /**
             * Format: date-time
             * @description When it last began to fail
             */
            since: string;
            /** @description The latest error, in a sentence for a person; null once it has recovered, or where nobody knows */
            reason: null | string;
            /**
             * Format: uri
             * @description Link to the destination in the web console
             */
            url: string;
          };
        };
      };
    };
    responses: {
      /** @description Accepted */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Retried after 5, 10, 20, 40 and 80 s; 401, 403, 404 and 410 say that it is refused for good */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
