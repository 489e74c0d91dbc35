import { Module } from '@nestjs/common';
import { AdmissionModule } from './admission/admission.module.js';
import { ProxyModule } from './proxy/proxy.module.js';

@Module({ imports: [AdmissionModule, ProxyModule] })
export class AppModule {}
