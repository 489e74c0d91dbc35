import { Body, Controller, Get, Header, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JWK } from 'jose';
import { Public } from '#libs/auth';
import { DevToken, DevTokenRequest } from './dev-token.dto.js';
import { LocalIdentity } from './local-identity.service.js';
import { SignInCode } from './sign-in-code.dto.js';
import { SignInCodes } from './sign-in-codes.service.js';

/** Registered in local mode only: elsewhere these addresses do not exist. */
@ApiTags('Auth')
@Public()
@Controller()
export class LocalIdentityController {
  constructor(
    private readonly identity: LocalIdentity,
    private readonly codes: SignInCodes,
  ) {}

  @Post('api/v1/auth/dev-token')
  @ApiOperation({ summary: 'Get a token for local use', description: 'Exists in local mode only.' })
  @ApiCreatedResponse({ type: DevToken })
  async devToken(@Body() { organizationId, role }: DevTokenRequest): Promise<DevToken> {
    return { token: await this.identity.token(organizationId, role) };
  }

  /** For the link that is printed at the start. */
  @Post('api/v1/auth/sign-in-codes')
  @ApiExcludeEndpoint()
  signInCode(@Body() who: DevTokenRequest): SignInCode {
    return { code: this.codes.make(who) };
  }

  @Post('api/v1/auth/sign-in-codes/use')
  @ApiExcludeEndpoint()
  async tokenForCode(@Body() { code }: SignInCode): Promise<DevToken> {
    return this.devToken(this.codes.use(code));
  }

  @Get('.well-known/jwks.json')
  @Header('cache-control', 'max-age=60')
  @ApiExcludeEndpoint()
  publicKeys(): Promise<{ keys: JWK[] }> {
    return this.identity.publicKeys();
  }
}
