/** Installs and builds, where something changed. */
import { build, install, root } from './bootstrap.mjs';

process.chdir(root);
install();
build();
