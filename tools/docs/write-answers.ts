import { writeFileSync } from 'node:fs';
import { answersPage } from './answers.js';

writeFileSync('docs/answers.md', answersPage());
