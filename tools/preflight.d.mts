import type { Server } from 'node:net';
import type { Ports } from './stack/ports.js';

export function missingForStart(root: string, env: NodeJS.ProcessEnv): Promise<string[]>;
export function missingForKafka(root: string, env: NodeJS.ProcessEnv): string[];
export function javaVersion(): string | undefined;
export function javaFault(text?: string): string | undefined;
export function mavenFault(): string | undefined;
export function kafkaFolder(root: string): string;
export function folderFault(dataDir: string): string | undefined;
export function gatewayPortOf(env: NodeJS.ProcessEnv): number;
export function portsFrom(gateway: number): Ports;
export function takenFault(ports: Partial<Ports>): Promise<string | undefined>;
export function isFree(port: number): Promise<boolean>;
export function listenOn(port: number): Promise<Server | undefined>;
