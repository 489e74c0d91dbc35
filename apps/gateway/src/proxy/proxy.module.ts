import { Module } from '@nestjs/common';
import { OpenStreams } from './open-streams.service.js';
import { Upstreams } from './upstreams.service.js';

@Module({ providers: [OpenStreams, Upstreams], exports: [OpenStreams, Upstreams] })
export class ProxyModule {}
