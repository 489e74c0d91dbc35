import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { RoutePreviewController } from './route-preview.controller.js';

@Module({ imports: [IntegrationsModule], controllers: [RoutePreviewController] })
export class RoutesModule {}
