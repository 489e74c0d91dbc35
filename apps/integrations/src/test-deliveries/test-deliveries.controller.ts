import { Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { PathId, Refuses } from '#libs/http';
import { traceparentOf } from '#libs/observability';
import { TestDeliveries } from './test-deliveries.service.js';

class RequestedTest {
  @ApiProperty({ format: 'uuid', description: 'Shows in Recent deliveries' }) deliveryId: string;
}

@ApiTags('integrations')
@ApiBearerAuth()
@Controller('api/v1/integrations/:id/test')
export class TestDeliveriesController {
  constructor(private readonly tests: TestDeliveries) {}

  @Post()
  @HttpCode(202)
  @Requires('test')
  @ApiOperation({ summary: 'Send a sample of what this integration would get; also while it is disabled' })
  @ApiAcceptedResponse({ type: RequestedTest })
  @Refuses({ 404: 'Unknown, or another organization’s', 503: 'Kafka cannot be reached; nothing was sent' })
  async testIntegration(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('integration')) id: string,
    @Headers() { traceparent }: { traceparent?: string },
  ): Promise<RequestedTest> {
    return { deliveryId: await this.tests.send(caller, id, traceparentOf(traceparent)) };
  }
}
