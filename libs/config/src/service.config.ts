import { Setting, type Mode } from './setting.js';
import { duration, httpUrl, list, oneOfTexts, port, text } from './parsers.js';
import { ALLOW_INSECURE } from './load-settings.js';
import { withoutTls } from './unsafe.js';

const LOCAL_ISSUER = 'nitropush-local';

/** What every service needs. */
export class ServiceSettings {
  /** `local` has safe defaults for one machine; `production` refuses whatever is not safe there. */
  @Setting<Mode>({ env: 'NITROPUSH_MODE', parse: oneOfTexts(['local', 'production']), default: 'local' })
  mode: Mode;

  /** Variables that may have a value in production that is otherwise refused there. A list of names, and no switch for all. */
  @Setting({ env: ALLOW_INSECURE, parse: list(), optional: true })
  allowInsecureSettings?: string[];

  /** Port of this service's HTTP server. */
  @Setting({ env: 'PORT', parse: port })
  port: number;

  /** Address that the HTTP server binds to; local mode stays on this machine. */
  @Setting({ env: 'HOST', parse: text, local: '127.0.0.1', default: '0.0.0.0' })
  host: string;

  /** Least severe line that is logged. */
  @Setting({ env: 'LOG_LEVEL', parse: oneOfTexts(['debug', 'info', 'warn', 'error']), default: 'info' })
  logLevel: string;

  /** How long a stopping service still takes calls while its probes answer 503 already: load balancers need it to notice. */
  @Setting({ env: 'SHUTDOWN_DELAY', parse: duration, local: 0, default: 5_000 })
  shutdownDelayMs: number;

  /** How long it then waits for what is in flight. Together they must end before the orchestrator kills the process. */
  @Setting({ env: 'SHUTDOWN_TIMEOUT', parse: duration, default: 15_000 })
  shutdownTimeoutMs: number;

  /** `iss` that a token must carry. */
  @Setting({
    env: 'AUTH_ISSUER',
    parse: text,
    local: LOCAL_ISSUER,
    unsafe: (issuer) => (issuer === LOCAL_ISSUER ? 'must be an identity provider, not the local issuer,' : undefined),
  })
  authIssuer: string;

  /** `aud` that a token must carry. */
  @Setting({ env: 'AUTH_AUDIENCE', parse: text, local: 'nitropush-notifications' })
  authAudience: string;

  /** Where the identity provider publishes its keys. */
  @Setting({
    env: 'AUTH_JWKS_URL',
    parse: httpUrl,
    local: 'http://127.0.0.1:4000/.well-known/jwks.json',
    unsafe: withoutTls,
  })
  authJwksUrl: string;
}
