/** Builds, where something changed. */
import { build, root } from './bootstrap.mjs';

process.chdir(root);
build();
