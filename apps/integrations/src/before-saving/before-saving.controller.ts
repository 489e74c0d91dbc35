import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, type Caller } from '#libs/auth';
import { Refuses } from '#libs/http';
import { traceparentOf } from '#libs/observability';
import { BeforeSaving } from './before-saving.service.js';
import { MessagePreviews, PreviewInput, UnsavedTestInput, UnsavedTestResult } from './before-saving.dto.js';

interface Authorized {
  authorization: string;
  traceparent?: string;
}

@ApiTags('integrations')
@ApiBearerAuth()
@Controller('api/v1/integrations')
export class BeforeSavingController {
  constructor(private readonly beforeSaving: BeforeSaving) {}

  @Post('test')
  @HttpCode(200)
  @Requires('manage-integrations')
  @ApiOperation({
    summary: 'Send a test to a destination that is not saved, and answer how it ended',
    description: 'Nothing is stored. What may be called, how often, and what is masked is as for a saved one.',
  })
  @ApiOkResponse({ type: UnsavedTestResult })
  @Refuses({
    400: 'A field is missing or malformed',
    404: 'The integration is unknown, or another organization’s',
    422: 'The provider is not set up by a form, the URL may not be called, or the project is not there',
    429: 'The organization sent too many tests in a minute',
    503: 'The delivery service does not answer',
  })
  testUnsaved(
    @CurrentCaller() caller: Caller,
    @Body() body: UnsavedTestInput,
    @Headers() { authorization, traceparent }: Authorized,
  ): Promise<UnsavedTestResult> {
    return this.beforeSaving.test(caller, body, { authorization, traceparent: traceparentOf(traceparent) });
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The messages of a provider, one for each event type and alert, as they would be posted',
    description: 'Made by what makes them for a delivery. Nothing is sent or stored.',
  })
  @ApiOkResponse({ type: MessagePreviews })
  @Refuses({
    400: 'A field is missing or malformed',
    422: 'The provider or the project is not there',
    503: 'The delivery service does not answer',
  })
  async previewMessages(
    @CurrentCaller() caller: Caller,
    @Body() body: PreviewInput,
    @Headers() { authorization }: Authorized,
  ): Promise<MessagePreviews> {
    return { items: await this.beforeSaving.preview(caller, body, { authorization }) };
  }
}
