import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiFoundResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
  PickType,
} from '@nestjs/swagger';
import { IsUUID, ValidateIf } from 'class-validator';
import { CurrentCaller, Public, Requires, type Caller } from '#libs/auth';
import { PROVIDERS, type Provider } from '#libs/providers';
import { IsSeenText, NAME_PATTERN, IsTextOf, Refuses, WellFormed, UnlessLeftOut } from '#libs/http';
import { notFound } from '#libs/problems';
import { IntegrationInput } from '../integrations/integration-input.dto.js';
import { BrowserNonce } from './browser-nonce.js';
import { Connections } from './connections.service.js';
import { OAUTH_FAULTS } from './oauth-fault.js';
import { ResultPage } from './result-page.js';

const unlessNull = ValidateIf((_, value) => value !== null);

class ConnectionInput extends PickType(IntegrationInput, [
  'eventTypes',
  'environments',
  'alerts',
  'owner',
  'note',
] as const) {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The project whose releases it receives; null: all projects',
  })
  @unlessNull
  @IsUUID('all', { message: 'must be the id of a project, or null for all projects' })
  projectId: string | null;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 200,
    pattern: NAME_PATTERN,
    description: 'Left out: the channel’s name',
  })
  @UnlessLeftOut()
  @WellFormed((name) => name.trim())
  @IsTextOf(1, 200, 'must be 1 to 200 characters')
  @IsSeenText()
  name?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Reconnects this one: its dead letters are then delivered' })
  @UnlessLeftOut()
  @IsUUID('all', { message: 'must be the id of an integration' })
  integrationId?: string;
}

class BegunConnection {
  @ApiProperty({ format: 'uri', description: 'Where to send the browser, within ten minutes' }) authorizeUrl: string;
}

interface CookieTarget {
  setHeader: (name: string, value: string) => void;
  redirect: (status: number, url: string) => void;
}

const isProvider = (value: string): value is Provider => PROVIDERS.some((one) => one === value);

@ApiTags('integrations')
@Controller('api/v1')
export class ConnectionsController {
  constructor(
    private readonly connections: Connections,
    private readonly browser: BrowserNonce,
    private readonly results: ResultPage,
  ) {}

  @Post('integrations/oauth/:provider')
  @HttpCode(201)
  @Requires('manage-integrations')
  @ApiBearerAuth()
  @ApiParam({ name: 'provider', enum: PROVIDERS, enumName: 'Provider' })
  @ApiOperation({
    summary: 'Begin to connect a channel by signing in at its provider',
    description: 'Sets a cookie: the same browser must come back. Each call begins again; at most one completes.',
  })
  @ApiCreatedResponse({ type: BegunConnection })
  @Refuses({
    400: 'A field is missing or malformed',
    404: 'No such provider, or no such integration',
    422: 'The provider is not connected that way or not set up here, or the project is not there',
    503: 'Whether the project is there cannot be told right now',
  })
  async beginConnection(
    @CurrentCaller() caller: Caller,
    @Param('provider') provider: string,
    @Body() body: ConnectionInput,
    @Headers('cookie') cookies: string | undefined,
    @Res({ passthrough: true }) response: CookieTarget,
  ): Promise<BegunConnection> {
    if (!isProvider(provider)) throw notFound('provider');
    const nonce = this.browser.of(cookies);
    const authorizeUrl = await this.connections.begin(caller, provider, body, nonce);
    response.setHeader('set-cookie', this.browser.cookie(nonce));
    return { authorizeUrl };
  }

  @Get('oauth/:provider/callback')
  @Public()
  @ApiParam({ name: 'provider', enum: PROVIDERS, enumName: 'Provider' })
  @ApiOperation({
    summary: 'Where a provider sends the browser back to',
    description: `To the console’s integrations, with \`connected\` and an id (and \`already\`, where another one posts to the same channel), or with \`connect_error\`: ${Object.keys(OAUTH_FAULTS).join(', ')}.`,
  })
  @ApiFoundResponse({ description: 'To the console' })
  async comeBack(
    @Param('provider') provider: string,
    @Query() { code, state, error }: Record<string, unknown>,
    @Headers('cookie') cookies: string | undefined,
    @Res() response: CookieTarget,
  ): Promise<void> {
    if (!isProvider(provider)) throw notFound('provider');
    const connected = await this.connections.finish(provider, { code, state, error }, this.browser.read(cookies));
    response.setHeader('cache-control', 'no-store');
    response.setHeader('referrer-policy', 'no-referrer');
    response.redirect(302, this.results.of(provider, connected));
  }
}
