import { beginPatching } from './replace-module.js';

beginPatching();
