import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The service's part of the API document, made from its decorators at the first call. */
export function openApiDocument(app: INestApplication, name: string): () => OpenAPIObject {
  let document: OpenAPIObject | undefined;
  return () => {
    document ??= SwaggerModule.createDocument(
      app,
      new DocumentBuilder()
        .setTitle(`NitroPush ${name}`)
        .setVersion('1')
        .setOpenAPIVersion('3.1.0')
        .addBearerAuth()
        .addSecurityRequirements('bearer')
        .build(),
      { operationIdFactory: (_controller, method) => method },
    );
    return document;
  };
}
