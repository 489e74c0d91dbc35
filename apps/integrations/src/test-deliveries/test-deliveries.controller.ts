import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiHeader, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { DataSource } from 'typeorm';
import { answerOnce } from '#libs/database';
import { IDEMPOTENCY_HEADER, PathId, Refuses, sendAnswer, type AnswerTarget } from '#libs/http';
import { traceparentOf } from '#libs/observability';
import { SampleChoice } from './sample-choice.dto.js';
import { TestDeliveries } from './test-deliveries.service.js';

class RequestedTest {
  @ApiProperty({ format: 'uuid', description: 'Shows in Recent deliveries' }) deliveryId: string;
}

@ApiTags('integrations')
@ApiBearerAuth()
@Controller('api/v1/integrations/:id/test')
export class TestDeliveriesController {
  constructor(
    private readonly tests: TestDeliveries,
    private readonly dataSource: DataSource,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiHeader(IDEMPOTENCY_HEADER)
  @Requires('test')
  @ApiOperation({ summary: 'Send a sample of what this integration would get; also while it is disabled' })
  @ApiAcceptedResponse({ type: RequestedTest })
  @Refuses({
    400: 'A field is malformed',
    404: 'Unknown, or another organization’s',
    422: 'The project is not there',
    429: 'The organization sent too many tests in a minute',
    503: 'Kafka cannot be reached; nothing was sent',
  })
  async testIntegration(
    @CurrentCaller() caller: Caller,
    @Param('id', new PathId('integration')) id: string,
    @Body() body: SampleChoice,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) response: AnswerTarget,
  ): Promise<RequestedTest> {
    const key = headers['idempotency-key'];
    const request = {
      organizationId: caller.organizationId,
      key,
      operation: `POST /api/v1/integrations/${id}/test`,
      body: Object.keys(body).length === 0 ? undefined : body,
    };
    const send = async (): Promise<RequestedTest> => ({
      deliveryId: await this.tests.send(caller, id, body, traceparentOf(headers['traceparent'])),
    });
    return sendAnswer(
      response,
      await answerOnce(this.dataSource, request, async () => ({ status: 202, body: await send() })),
    );
  }
}
