import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Requires, may, type Caller } from '#libs/auth';
import { PathId, Refuses } from '#libs/http';
import { maskedAddress } from '../providers/email/email.credentials.js';
import { AskedRecipients, RecipientList } from './recipient.dto.js';
import { Recipients } from './recipients.service.js';

const REFUSALS = { 404: 'Unknown, or another organization’s', 422: 'The integration is not one of email' };
const Id = (): ParameterDecorator => Param('id', new PathId('integration'));

/** Of integrations, which are another service's: only this one can open who their recipients are. */
@ApiTags('integrations')
@ApiBearerAuth()
@ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
@Controller('api/v1/integrations/:id/recipients')
export class RecipientsController {
  constructor(private readonly recipients: Recipients) {}

  @Get()
  @ApiOperation({
    summary: 'The recipients of an email integration, and who of them gets mails',
    description:
      'To take somebody off, save the integration with the others. Who may not change integrations sees masked addresses.',
  })
  @ApiOkResponse({ type: RecipientList })
  @Refuses(REFUSALS)
  async listRecipients(@CurrentCaller() caller: Caller, @Id() id: string): Promise<RecipientList> {
    const items = await this.recipients.list(caller.organizationId, id);
    if (may(caller.role, 'manage-integrations')) return { items };
    return { items: items.map((one) => ({ ...one, address: maskedAddress(one.address) })) };
  }

  @Post('ask')
  @HttpCode(202)
  @Requires('manage-integrations')
  @ApiOperation({
    summary: 'Ask recipients again who have not confirmed',
    description: 'No address is asked more than once an hour.',
  })
  @ApiAcceptedResponse({ type: AskedRecipients })
  @Refuses(REFUSALS)
  async askRecipients(@CurrentCaller() caller: Caller, @Id() id: string): Promise<AskedRecipients> {
    return this.recipients.askAgain(caller.organizationId, id);
  }
}
