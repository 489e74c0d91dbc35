import 'reflect-metadata';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { DynamicModule, Type } from '@nestjs/common';
import { AppModule as Delivery } from '../../apps/delivery/src/app.module.js';
import { AppModule as Gateway } from '../../apps/gateway/src/app.module.js';
import { LocalIdentityModule } from '../../apps/gateway/src/local-identity/local-identity.module.js';
import { AppModule as Integrations } from '../../apps/integrations/src/app.module.js';
import { AppModule as Releases } from '../../apps/releases/src/app.module.js';
import { AppModule as Sandbox } from '../../apps/sandbox/src/app.module.js';

type Imported = Type | DynamicModule;

/** Each service with its root modules; the gateway's second one is there in local mode only. */
const SERVICES: Record<string, Imported[]> = {
  releases: [Releases],
  integrations: [Integrations],
  delivery: [Delivery],
  gateway: [Gateway, LocalIdentityModule],
  sandbox: [Sandbox],
};

const START = '<!-- drawn by tools/docs/modules.ts -->';
const END = '<!-- end of the drawing -->';

/** The page with the pictures drawn again; a test compares the two. */
export function withModules(page: string): string {
  const [before = '', rest = ''] = page.split(START);
  const after = rest.split(END)[1] ?? '';
  return `${before}${START}\n\n${Object.entries(SERVICES).map(picture).join('\n\n')}\n\n${END}${after}`;
}

/** Who imports whom; AppModule itself is left out, since it imports all of them. */
function picture([service, roots]: [string, Imported[]]): string {
  const [app, ...others] = roots;
  const lines = new Set<string>();
  const draw = (module: Imported): void => {
    const imports = importsOf(module);
    if (imports.length === 0) lines.add(`  ${nameOf(module)}`);
    for (const imported of imports) lines.add(`  ${nameOf(module)} --> ${nameOf(imported)}`);
    for (const imported of imports) draw(imported);
  };
  for (const module of [...importsOf(app!), ...others]) if (nameOf(module) !== 'TypeOrmModule') draw(module);
  return [`**${service}**`, '', '```mermaid', 'flowchart LR', ...lines, '```'].join('\n');
}

const classOf = (module: Imported): Type => ('module' in module ? module.module : module);
const nameOf = (module: Imported): string => classOf(module).name;

function importsOf(module: Imported): Imported[] {
  const declared = Reflect.getMetadata(MODULE_METADATA.IMPORTS, classOf(module)) as Imported[] | undefined;
  const dynamic = 'module' in module ? ((module.imports ?? []) as Imported[]) : [];
  return [...(declared ?? []), ...dynamic];
}
