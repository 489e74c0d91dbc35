import { writeFileSync } from 'node:fs';
import { asyncApiYaml } from './asyncapi.js';

writeFileSync('docs/asyncapi.yaml', asyncApiYaml());
